import { useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { filmCell, thumbnailPath } from "../model/film.ts";
import { plateText, plateWord } from "../model/plates.ts";
import { rowWindow, scrollToRow } from "../model/row-window.ts";
import { type Series, type SeriesImage, stepImage } from "../model/series.ts";
import { useSession } from "../session/context.ts";
import type { ChangeKind, Session } from "../session/session.ts";
import { stageOf } from "../session/stage.ts";
import { PlateThumb } from "./plate-thumb.tsx";
import { type ScrollPlace, scrollPlace, watchScroll } from "./watch-scroll.ts";

/** Thumbnails beyond those that are seen, on each side. */
const MARGIN = 2;

/** How long the strip stands still until pictures are fetched for what is seen, in ms. */
const STILL_MS = 90;

/** How long thumbnails wait for the picture itself, in ms. */
const PATIENCE_MS = 2500;

/** How many plates keys go on. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowUp: -1,
  ArrowRight: 1,
  ArrowDown: 1,
  PageUp: -10,
  PageDown: 10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

interface PlateFilmProps {
  readonly series: Series;
  readonly image: SeriesImage;
  /** Ids of the images that show the selected structures. */
  readonly marked: ReadonlySet<number>;
  readonly onGo: (image: SeriesImage, kind?: ChangeKind) => void;
}

/** Small pictures of the plates; those that are seen are on the page, and fetched when the strip stands still. */
export function PlateFilm({ series, image, marked, onGo }: PlateFilmProps): JSX.Element {
  const session = useSession();
  const box = useRef<HTMLDivElement>(null);
  const cellPx = useMemo(() => filmCell(series), [series]);
  const { scroll, isStill } = useScroll(box);
  const mayFetch = useFirstPicture(session);
  const count = series.images.length;
  useKeepInView(box, image.number - 1, cellPx);

  const { first, end } = rowWindow({ ...scroll.value, rowPx: cellPx }, count, MARGIN);
  const seen = series.images.slice(first, end);
  // The active one is on the page wherever the strip stands, so that the list can name it.
  const shown = seen.includes(image) ? seen : [...seen, image];
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps = STEPS[event.key];
    if (steps === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const to = stepImage(series, image.id, steps);
    // A key that is held down goes through many; they are one step.
    if (to !== undefined && to !== image) onGo(to, event.repeat ? "move" : "step");
  };
  const onWheel = (event: WheelEvent): void => {
    if (box.current === null || Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.ctrlKey) return;
    event.preventDefault();
    box.current.scrollLeft += event.deltaY;
  };
  return (
    <div
      class="plate-film"
      ref={box}
      role="listbox"
      tabIndex={0}
      aria-label={`${plateWord(series)}s`}
      aria-orientation="horizontal"
      aria-activedescendant={`plate-${image.id}`}
      onKeyDown={onKeyDown}
      onWheel={onWheel}
    >
      <div class="plate-film-length" role="presentation" style={{ width: `${count * cellPx}px` }}>
        {shown.map((each) => (
          <PlateThumb
            key={each.id}
            id={`plate-${each.id}`}
            name={plateText(series, each)}
            number={each.number}
            count={count}
            url={thumbnailUrl(session, series, each)}
            place={{ left: (each.number - 1) * cellPx, width: cellPx }}
            isCurrent={each === image}
            isMarked={marked.has(each.id)}
            mayFetch={mayFetch.value && isStill.value}
            onChoose={() => onGo(each)}
          />
        ))}
      </div>
    </div>
  );
}

function thumbnailUrl({ api }: Session, series: Series, image: SeriesImage): string | undefined {
  const path = thumbnailPath(series, image);
  return path === undefined ? undefined : api.baseUrl + path;
}

/** Where the strip is scrolled to, and whether it stands still. */
function useScroll(box: { readonly current: HTMLDivElement | null }) {
  const scroll = useSignal<ScrollPlace>({ start: 0, length: 0 });
  const isStill = useSignal(false);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = watchScroll(element, "x", (place) => {
      scroll.value = place;
      isStill.value = false;
      clearTimeout(timer);
      timer = setTimeout(() => {
        isStill.value = true;
      }, STILL_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [box, scroll, isStill]);
  return { scroll, isStill };
}

/** Whether the picture in the active panel has come once, before which thumbnails would only be in its way. */
function useFirstPicture({ stages, view }: Session) {
  const mayFetch = useSignal(false);
  useSignalEffect(() => {
    const stage = stageOf(stages.value, view.value.active);
    if (stage?.progress.value.isWhole === true) mayFetch.value = true;
  });
  useEffect(() => {
    const timer = setTimeout(() => {
      mayFetch.value = true;
    }, PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [mayFetch]);
  return mayFetch;
}

/** Scrolls to a thumbnail when it is not seen; smoothly if it is near and nothing speaks against motion. */
function useKeepInView(box: { readonly current: HTMLDivElement | null }, index: number, rowPx: number): void {
  const isFirst = useRef(true);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const now = { ...scrollPlace(element, "x"), rowPx };
    const left = scrollToRow(now, index);
    if (left === now.start) return;
    const isFar = isFirst.current || Math.abs(left - now.start) > 3 * rowPx;
    isFirst.current = false;
    const isSmooth = !isFar && !matchMedia("(prefers-reduced-motion: reduce)").matches;
    element.scrollTo({ left, behavior: isSmooth ? "smooth" : "instant" });
  }, [box, index, rowPx]);
}
