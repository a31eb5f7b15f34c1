import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { parsePlate, plateWord } from "../model/plates.ts";
import type { Series, SeriesImage } from "../model/series.ts";
import { useSession } from "../session/context.ts";

interface PlateFieldProps {
  readonly series: Series;
  readonly image: SeriesImage;
  readonly onGo: (image: SeriesImage) => void;
}

/** The number of the plate, to type another one or a position. */
export function PlateField({ series, image, onGo }: PlateFieldProps): JSX.Element {
  const session = useSession();
  const [draft, setDraft] = useState<string | undefined>(undefined);
  const word = plateWord(series);
  const count = series.images.length;
  const take = (): void => {
    const found = draft === undefined ? undefined : parsePlate(draft, series);
    if (found !== undefined) onGo(found);
    else if (draft !== undefined && draft.trim() !== "")
      session.notice.value = `“${draft.trim().slice(0, 40)}” is no ${word.toLowerCase()}; give a number from 1 to ${count}, or a position such as 5.4 mm`;
    setDraft(undefined);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter") take();
    if (event.key !== "Escape" || draft === undefined) return;
    event.stopPropagation();
    setDraft(undefined);
  };
  return (
    <label class="plate-field">
      <span class="plate-field-word">{word}</span>
      <input
        class="field numbers"
        type="text"
        autocomplete="off"
        aria-label={`${word} number, or position in mm`}
        title="A number, or a position such as 5.4 mm"
        value={draft ?? String(image.number)}
        onFocus={(event) => event.currentTarget.select()}
        onInput={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={take}
      />
      <span class="numbers soft">/ {count}</span>
    </label>
  );
}
