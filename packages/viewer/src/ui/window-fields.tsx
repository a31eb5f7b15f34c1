import type { ChannelRange } from "@brainatlas/sdk/image";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { CHANNELS, MAX_INTENSITY, type WindowEnd, withWindowEnd } from "../model/channel-window.ts";
import { useDraft } from "./use-draft.ts";

const ENDS = ["from", "to"] as const;

/** Windows of the channels, each by two numbers and two sliders. */
export function WindowFields({
  range,
  onChange,
}: {
  range: ChannelRange;
  onChange: (range: ChannelRange) => void;
}): JSX.Element {
  const draft = useDraft(range, onChange);
  return (
    <fieldset class="group">
      <legend>Intensities shown, 0 to {MAX_INTENSITY}</legend>
      {CHANNELS.map((name, channel) => (
        <div class="window-field" key={name}>
          <span class={`window-name ${name.toLowerCase()}`}>{name}</span>
          {ENDS.map((word, end) => {
            const value = draft.value[channel * 2 + end] ?? 0;
            // The indices of three channels and of two ends.
            const set = (next: number): void =>
              draft.set(withWindowEnd(draft.value, channel as 0 | 1 | 2, end as WindowEnd, next));
            return (
              <span class={`window-end ${word}`} key={word}>
                <NumberField
                  label={`${name} ${word}`}
                  value={value}
                  onChange={(next) => {
                    set(next);
                    draft.flush();
                  }}
                />
                <input
                  type="range"
                  min={0}
                  max={MAX_INTENSITY}
                  step={1}
                  value={value}
                  aria-label={`${name} ${word}, slider`}
                  onInput={(event) => set(event.currentTarget.valueAsNumber)}
                  onChange={draft.flush}
                />
              </span>
            );
          })}
        </div>
      ))}
    </fieldset>
  );
}

/** A number that is set when it is typed to its end: its first digits are not meant, and would push the other end of the window away. */
function NumberField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: number;
  onChange: (value: number) => void;
}): JSX.Element {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  return (
    <input
      type="number"
      class="field numbers"
      aria-label={label}
      min={0}
      max={MAX_INTENSITY}
      value={typed ?? value}
      onInput={(event) => setTyped(event.currentTarget.value)}
      onChange={({ currentTarget: { valueAsNumber } }) => {
        setTyped(undefined);
        if (Number.isFinite(valueAsNumber)) onChange(valueAsNumber);
      }}
    />
  );
}
