import { useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { useSession } from "../session/context.ts";
import { Button } from "./button.tsx";
import { later } from "./later.tsx";

const HelpBody = later(async () => (await import("./help-body.tsx")).HelpBody);

/** The keys and gestures of the page. */
export function HelpDialog(): JSX.Element {
  const { page } = useSession();
  const dialog = useRef<HTMLDialogElement>(null);
  useSignalEffect(() => {
    const isOpen = page.help.value;
    if (isOpen && dialog.current?.open === false) dialog.current.showModal();
    if (!isOpen) dialog.current?.close();
  });
  const close = (): void => {
    page.help.value = false;
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it by the browser.
    <dialog
      class="help"
      ref={dialog}
      aria-labelledby="help-title"
      onClose={close}
      onClick={({ target }) => {
        if (target === dialog.current) close();
      }}
    >
      <div class="help-body">
        <div class="help-head">
          <h2 id="help-title">Keys and gestures</h2>
          <Button label="Close" icon="close" kind="plain" onClick={close} />
        </div>
        {page.help.value ? <HelpBody /> : undefined}
      </div>
    </dialog>
  );
}
