import type { JSX } from "preact";
import { useId } from "preact/hooks";

/** A slider with its name and its number. */
export interface RangeFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** The number in words, such as "35 %". @default the number */
  readonly words?: (value: number) => string;
  /** Why it cannot be set now; `undefined` where it can. */
  readonly disabled?: string | undefined;
  readonly onInput: (value: number) => void;
}

/** A slider with its name and its number, and with the reason where it does nothing. */
export function RangeField(props: RangeFieldProps): JSX.Element {
  const { label, value, min, max, step, words = String, disabled, onInput } = props;
  const id = useId();
  return (
    <div class="range-field">
      <label for={id}>{label}</label>
      <output class="numbers small" for={id}>
        {words(value)}
      </output>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={words(value)}
        disabled={disabled !== undefined}
        aria-describedby={disabled === undefined ? undefined : `${id}-why`}
        onInput={(event) => onInput(event.currentTarget.valueAsNumber)}
      />
      {disabled === undefined ? undefined : (
        <p id={`${id}-why`} class="range-field-why small soft">
          {disabled}
        </p>
      )}
    </div>
  );
}

/** A slider for a share, from 0 to 1, in percent. */
export function ShareField(props: Pick<RangeFieldProps, "label" | "value" | "disabled" | "onInput">): JSX.Element {
  return <RangeField {...props} min={0} max={1} step={0.01} words={percentWords} />;
}

/** A share from 0 to 1 in percent. */
export function percentWords(share: number): string {
  return `${Math.round(share * 100)} %`;
}
