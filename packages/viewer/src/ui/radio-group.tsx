import type { JSX } from "preact";
import { useId } from "preact/hooks";

/** A choice of one of several. */
export interface RadioGroupProps<Value> {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** Radio buttons under a name. */
export function RadioGroup<Value>({ label, options, value, onChange }: RadioGroupProps<Value>): JSX.Element {
  const name = useId();
  return (
    <fieldset class="group">
      <legend>{label}</legend>
      <div class="radio-row">
        {options.map((option) => (
          <label class="check" key={option.label}>
            <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
