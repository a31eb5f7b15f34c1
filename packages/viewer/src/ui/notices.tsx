import { useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { useSession } from "../session/context.ts";
import { Button } from "./button.tsx";

/** How long a notice stays, in ms: long enough to be read, and longer for more words. */
const STAYS_MS = 4000;
const PER_CHARACTER_MS = 50;

/** Words for a moment, at the bottom of the page; screen readers hear them. */
export function Notices(): JSX.Element {
  const { notice } = useSession();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const clear = (): void => {
    notice.value = undefined;
  };
  const wait = (): void => {
    const { value: words } = notice;
    clearTimeout(timer.current);
    if (words !== undefined) timer.current = setTimeout(clear, STAYS_MS + PER_CHARACTER_MS * words.length);
  };
  useSignalEffect(wait);
  const said = notice.said.value;
  return (
    <div class="notices" role="status" aria-live="polite">
      {said === undefined ? undefined : (
        // Who reads it keeps it with the pointer.
        <div key={said.count} class="notice" onPointerEnter={() => clearTimeout(timer.current)} onPointerLeave={wait}>
          <span>{said.words}</span>
          <Button label="Close the notice" icon="close" kind="plain" onClick={clear} />
        </div>
      )}
    </div>
  );
}
