import type { ComponentChildren, JSX } from "preact";
import { Icon, type IconName } from "./icons.tsx";

/** What a button says and does. */
export interface ButtonProps {
  /** Its name: shown, or as a hint where there is an icon alone. */
  readonly label: string;
  readonly icon?: IconName;
  /** Keys that do the same, for the hint, such as "R". */
  readonly keys?: string;
  /** Whether the words are shown. @default false where there is an icon */
  readonly words?: boolean;
  readonly kind?: "plain" | "primary";
  /** Whether what it switches is on; `undefined` for a button that switches nothing. */
  readonly pressed?: boolean;
  readonly expanded?: boolean;
  /** What it opens, where that is no part of the page beside it. */
  readonly opens?: "dialog";
  readonly disabled?: boolean;
  readonly onClick: (event: MouseEvent) => void;
  readonly children?: ComponentChildren;
}

/** A button with an icon, words, or both. */
export function Button(props: ButtonProps): JSX.Element {
  const {
    label,
    icon,
    keys,
    words = icon === undefined,
    kind,
    pressed,
    expanded,
    opens,
    disabled,
    onClick,
    children,
  } = props;
  return (
    <button
      type="button"
      class={["button", kind, words ? undefined : "icon-only"].filter(Boolean).join(" ")}
      aria-label={words ? undefined : label}
      aria-pressed={pressed}
      aria-expanded={expanded}
      aria-haspopup={opens}
      // Plus stands between keys there.
      aria-keyshortcuts={keys === "+" ? "Plus" : keys}
      data-key={keys}
      title={keys === undefined ? (words ? undefined : label) : `${label} (${keys})`}
      disabled={disabled}
      onClick={onClick}
    >
      {icon === undefined ? undefined : <Icon name={icon} />}
      {words ? label : undefined}
      {children}
    </button>
  );
}
