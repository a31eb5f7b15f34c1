import type { JSX } from "preact";
import { useSession } from "../session/context.ts";
import { Button } from "./button.tsx";
import { copyText } from "./copy-text.ts";

/** A command line to copy. */
export function CommandLine({ text }: { text: string }): JSX.Element {
  const session = useSession();
  return (
    <div class="command-line">
      <code>{text}</code>
      <Button
        label={`Copy “${text}”`}
        icon="copy"
        kind="plain"
        onClick={() => void copyText(session, text, "Command copied")}
      />
    </div>
  );
}
