import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useSession } from "../session/context.ts";
import { Button } from "./button.tsx";
import { remember, remembered } from "./remembered.ts";

const KEY = "hint";

/** One line for who is here for the first time, until it is closed, or the first thing was done. */
export function FirstHint(): JSX.Element | undefined {
  const session = useSession();
  const [isShown, setShown] = useState(() => remembered(KEY) === undefined);
  const close = (): void => {
    remember(KEY, "read");
    setShown(false);
  };
  useEffect(() => {
    if (!isShown) return;
    return session.onChange((_, kind) => {
      if (kind === "step") close();
    });
  }, [session, isShown]);
  const isAlone = session.view.value.panels.length === 1 && !session.view.value.volume;
  if (!isShown || !isAlone || session.active.image.value === undefined) return undefined;
  return (
    <aside class="first-hint" aria-label="Hint">
      <span>
        Wheel or pinch to zoom, drag to move, click a region to select it.
        <span class="with-keys">
          {" "}
          <kbd>?</kbd> shows all keys.
        </span>
      </span>
      <Button label="Close the hint" icon="close" kind="plain" onClick={close} />
    </aside>
  );
}
