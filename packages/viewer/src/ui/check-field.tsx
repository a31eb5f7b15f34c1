import type { JSX } from "preact";

/** A check box with its name. */
export interface CheckFieldProps {
  readonly label: string;
  readonly checked: boolean;
  /** Why it cannot be set now; `undefined` where it can. */
  readonly disabled?: string | undefined;
  readonly onChange: (checked: boolean) => void;
}

/** A check box with its name, and with the reason where it does nothing. */
export function CheckField({ label, checked, disabled, onChange }: CheckFieldProps): JSX.Element {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled !== undefined}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>
        {label}
        {disabled === undefined ? undefined : <span class="small soft"> ({disabled})</span>}
      </span>
    </label>
  );
}
