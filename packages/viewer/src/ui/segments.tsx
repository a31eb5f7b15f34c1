import type { JSX } from "preact";
import { Button } from "./button.tsx";
import type { RadioGroupProps } from "./radio-group.tsx";

/** Buttons side by side, of which one is pressed. */
export function Segments<Value>({ label, options, value, onChange }: RadioGroupProps<Value>): JSX.Element {
  return (
    <fieldset class="segments" aria-label={label}>
      {options.map((option) => (
        <Button
          key={option.label}
          label={option.label}
          pressed={option.value === value}
          onClick={() => onChange(option.value)}
        />
      ))}
    </fieldset>
  );
}
