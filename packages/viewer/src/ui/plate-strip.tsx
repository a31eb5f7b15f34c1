import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { plateWord, positionMeaning, printMm } from "../model/plates.ts";
import { type Series, type SeriesImage, stepImage } from "../model/series.ts";
import { seriesKey, withImage } from "../model/view.ts";
import { useSession } from "../session/context.ts";
import type { ChangeKind } from "../session/session.ts";
import { Button } from "./button.tsx";
import { PlateField } from "./plate-field.tsx";
import { PlateFilm } from "./plate-film.tsx";
import { PlateSlider } from "./plate-slider.tsx";
import { isFilmOpen, rememberFilm } from "./remember-film.ts";
import { useMarkedPlates } from "./use-marked-plates.ts";

/** The slider and the filmstrip of the active panel's series. */
export function PlateStrip(): JSX.Element {
  const { active } = useSession();
  const [series, image] = [active.series.value, active.image.value];
  const [isOpen, setOpen] = useState(isFilmOpen);
  const hasFilm = isOpen && (series === undefined || series.images.length > 1);
  const toggle = (): void => {
    setOpen(!isOpen);
    rememberFilm(!isOpen);
  };
  return (
    <section
      class={hasFilm ? "plate-strip with-film" : "plate-strip"}
      aria-label={series === undefined ? "Plate" : plateWord(series)}
    >
      {series === undefined || image === undefined ? undefined : (
        <Strip key={seriesKey(series.ref)} series={series} image={image} isOpen={isOpen} onToggle={toggle} />
      )}
    </section>
  );
}

interface StripProps {
  readonly series: Series;
  readonly image: SeriesImage;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

function Strip({ series, image, isOpen, onToggle }: StripProps): JSX.Element {
  const session = useSession();
  const marked = useMarkedPlates(series);
  const word = plateWord(series);
  const count = series.images.length;
  const go = (to: SeriesImage | undefined, kind?: ChangeKind): void => {
    if (to !== undefined) session.change((view) => withImage(view, view.active, to.id), kind);
  };
  const meaning = positionMeaning(series, image);
  return (
    <>
      <div class="plate-line">
        <Button
          kind="plain"
          icon="previous"
          label={`Previous ${word.toLowerCase()}`}
          disabled={image.number === 1}
          onClick={() => go(stepImage(series, image.id, -1))}
        />
        <PlateSlider series={series} image={image} marked={marked} />
        <Button
          kind="plain"
          icon="next"
          label={`Next ${word.toLowerCase()}`}
          disabled={image.number === count}
          onClick={() => go(stepImage(series, image.id, 1))}
        />
        <PlateField series={series} image={image} onGo={go} />
        <span class="plate-position numbers" title={meaning}>
          <span aria-hidden="true">{printMm(image.positionUm)}</span>
          <span class="visually-hidden">{meaning}</span>
        </span>
        <Button
          kind="plain"
          icon="film"
          label={isOpen ? "Hide filmstrip" : "Show filmstrip"}
          expanded={isOpen}
          disabled={count < 2}
          onClick={onToggle}
        />
      </div>
      {isOpen && count > 1 ? <PlateFilm series={series} image={image} marked={marked.imageIds} onGo={go} /> : undefined}
    </>
  );
}
