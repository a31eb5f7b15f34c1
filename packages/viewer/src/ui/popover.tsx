import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button, type ButtonProps } from "./button.tsx";

/** A button, and what it opens. */
export interface PopoverProps extends Pick<ButtonProps, "label" | "icon" | "words" | "kind" | "keys" | "disabled"> {
  /** Where it opens, seen from the button. @default "below-left" */
  readonly at?: "below-left" | "below-right" | "above-left" | "above-right";
  readonly children: ComponentChildren | ((close: () => void) => ComponentChildren);
}

/** A button that opens a panel of controls; Escape and a press outside close it, and Escape gives the focus back. */
export function Popover({ at = "below-left", children, ...button }: PopoverProps): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const close = (): void => setOpen(false);
  useEffect(() => {
    if (!isOpen) return;
    const onPress = (event: PointerEvent): void => {
      if (event.target instanceof Node && box.current?.contains(event.target) === true) return;
      close();
    };
    // Before the keys of the page, which would take Escape for their own.
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      close();
      box.current?.querySelector("button")?.focus();
    };
    document.addEventListener("pointerdown", onPress, true);
    document.addEventListener("keydown", onKeyDown, true);
    return () => {
      document.removeEventListener("pointerdown", onPress, true);
      document.removeEventListener("keydown", onKeyDown, true);
    };
  }, [isOpen]);
  return (
    <div class="popover-anchor" ref={box}>
      <Button {...button} expanded={isOpen} onClick={() => setOpen(!isOpen)} />
      {isOpen ? (
        <div class={`popover ${at}`} role="dialog" aria-label={button.label}>
          {typeof children === "function" ? children(close) : children}
        </div>
      ) : undefined}
    </div>
  );
}
