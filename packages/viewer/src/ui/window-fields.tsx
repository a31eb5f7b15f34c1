import type { ChannelRange } from "@brainatlas/sdk/image";
import type { JSX } from "preact";
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
            const field = {
              min: 0,
              max: MAX_INTENSITY,
              value,
              onChange: draft.flush,
            };
            const set = (next: number): void =>
              draft.set(withWindowEnd(draft.value, channel as 0 | 1 | 2, end as WindowEnd, next));
            return (
              <span class={`window-end ${word}`} key={word}>
                <input
                  {...field}
                  type="number"
                  class="field numbers"
                  aria-label={`${name} ${word}`}
                  onInput={(event) => set(event.currentTarget.valueAsNumber)}
                />
                <input
                  {...field}
                  type="range"
                  step={1}
                  aria-label={`${name} ${word}, slider`}
                  onInput={(event) => set(event.currentTarget.valueAsNumber)}
                />
              </span>
            );
          })}
        </div>
      ))}
    </fieldset>
  );
}
