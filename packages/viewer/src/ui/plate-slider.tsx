import type { JSX, TargetedInputEvent } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { numberRuns, printRuns } from "../model/number-runs.ts";
import { plateText, plateWord } from "../model/plates.ts";
import type { Series, SeriesImage } from "../model/series.ts";
import { useSession } from "../session/context.ts";
import { createPlateSlide } from "../session/slide-plates.ts";
import type { MarkedPlates } from "./use-marked-plates.ts";

interface PlateSliderProps {
  readonly series: Series;
  readonly image: SeriesImage;
  readonly marked: MarkedPlates;
}

/** Slides through the plates; under it are marked those that show the selected structures. */
export function PlateSlider({ series, image, marked }: PlateSliderProps): JSX.Element {
  const session = useSession();
  const slide = useMemo(() => createPlateSlide(session), [session]);
  // While it is dragged, ahead of the plate that is shown.
  const [dragged, setDragged] = useState<number | undefined>(undefined);
  const count = series.images.length;
  const number = dragged ?? image.number;
  const shown = series.images[number - 1] ?? image;
  const onInput = (event: TargetedInputEvent<HTMLInputElement>): void => {
    const to = event.currentTarget.valueAsNumber;
    const target = series.images[to - 1];
    setDragged(to);
    if (target !== undefined) slide.pass(target.id);
  };
  // Keys that are held down change the value again and again.
  const isKeyDown = useRef(false);
  const rest = (): void => {
    isKeyDown.current = false;
    setDragged(undefined);
    slide.rest();
  };
  useEffect(() => slide.dispose, [slide]);
  return (
    <div class="plate-slider">
      <input
        type="range"
        aria-label={plateWord(series)}
        aria-valuetext={plateText(series, shown)}
        title={plateText(series, shown)}
        min={1}
        max={count}
        step={1}
        value={number}
        disabled={count < 2}
        onInput={onInput}
        onChange={() => {
          if (!isKeyDown.current) rest();
        }}
        onKeyDown={() => {
          isKeyDown.current = true;
        }}
        onKeyUp={rest}
        // Let go at the value where it was taken, a slider has not changed.
        onPointerUp={rest}
        onPointerCancel={rest}
        onBlur={rest}
      />
      <PlateMarks series={series} marked={marked} />
    </div>
  );
}

function PlateMarks({ series, marked }: Pick<PlateSliderProps, "series" | "marked">): JSX.Element | undefined {
  const numbers = series.images.filter(({ id }) => marked.imageIds.has(id)).map((image) => image.number);
  if (numbers.length === 0) return undefined;
  const runs = numberRuns(numbers);
  const steps = Math.max(1, series.images.length - 1);
  return (
    <>
      <svg class="plate-marks" viewBox={`-0.5 0 ${steps + 1} 1`} preserveAspectRatio="none" aria-hidden="true">
        {runs.map(([first, last]) => (
          <rect key={first} x={first - 1.4} y={0} width={last - first + 0.8} height={1} />
        ))}
      </svg>
      <span class="visually-hidden">
        {`The selection is on ${marked.isComplete ? "" : "at least "}${printRuns(runs)}`}
      </span>
    </>
  );
}
