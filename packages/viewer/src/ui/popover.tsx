import type { ComponentChildren, JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button, type ButtonProps } from "./button.tsx";

/** A button, and what it opens. */
export interface PopoverProps extends Pick<ButtonProps, "label" | "icon" | "words" | "kind" | "keys" | "disabled"> {
  /** Where it opens, seen from the button. @default "below-left" */
  readonly at?: "below-left" | "below-right" | "above-left" | "above-right";
  readonly children: ComponentChildren | ((close: () => void) => ComponentChildren);
}

/** What takes the focus of a dialog that was opened by a key. */
const FIRST_CONTROL = "button, input, select, textarea, a[href], [tabindex='0']";

/** Closes the one that is open; there is no more than one. */
let closeOpen: (() => void) | undefined;

/**
 * A button that opens a small dialog of controls beside it. It takes the focus: its first control where it is opened by a key. It closes when the
 * focus leaves it, at a press outside and at Escape, which gives the focus back to the button.
 */
export function Popover({ at = "below-left", children, ...button }: PopoverProps): JSX.Element {
  const [opened, setOpened] = useState<"by key" | "by pointer" | undefined>(undefined);
  const box = useRef<HTMLDivElement>(null);
  const dialog = useRef<HTMLDivElement>(null);
  const isOpen = opened !== undefined;
  const close = (): void => {
    if (dialog.current?.contains(document.activeElement) === true) box.current?.querySelector("button")?.focus();
    setOpened(undefined);
  };
  useLayoutEffect(() => {
    if (opened === undefined) return;
    const first =
      opened === "by key" ? dialog.current?.querySelector<HTMLElement>(`:is(${FIRST_CONTROL}):enabled`) : null;
    (first ?? dialog.current)?.focus({ preventScroll: opened === "by pointer" });
  }, [opened]);
  useEffect(() => (isOpen ? closeBy(box, close, () => setOpened(undefined)) : undefined), [isOpen]);
  return (
    <div class="popover-anchor" ref={box}>
      <Button
        {...button}
        opens="dialog"
        expanded={isOpen}
        // A key that presses a button has no place on the screen, and counts no presses.
        onClick={({ detail }) => setOpened(isOpen ? undefined : detail === 0 ? "by key" : "by pointer")}
      />
      {isOpen ? (
        <div class={`popover ${at}`} role="dialog" aria-label={button.label} tabIndex={-1} ref={dialog}>
          {typeof children === "function" ? children(close) : children}
        </div>
      ) : undefined}
    </div>
  );
}

/** Hears what closes an open dialog. Returns what ends it. */
function closeBy(box: { readonly current: HTMLElement | null }, close: () => void, leave: () => void): () => void {
  const isOutside = (target: EventTarget | null): boolean =>
    target instanceof Node && box.current?.contains(target) !== true;
  const end = new AbortController();
  const options = { capture: true, signal: end.signal };
  document.addEventListener(
    "pointerdown",
    ({ target }) => {
      if (!isOutside(target)) return;
      // What was typed into a field counts, as where the field is left otherwise.
      const { activeElement } = document;
      if (activeElement instanceof HTMLElement && !isOutside(activeElement)) activeElement.blur();
      leave();
    },
    options,
  );
  // Before the keys of the page, which would take Escape for their own.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      close();
    },
    options,
  );
  // With nowhere to go, as when another window is chosen, the focus has not left it.
  box.current?.addEventListener("focusout", ({ relatedTarget }) => isOutside(relatedTarget) && leave(), options);
  closeOpen?.();
  closeOpen = leave;
  return () => {
    end.abort();
    if (closeOpen === leave) closeOpen = undefined;
  };
}
