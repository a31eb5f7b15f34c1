import type { ImagePoint } from "@brainatlas/sdk/sync";
import { computed, effect, signal } from "@preact/signals";
import { readyValue } from "../load/loaded.ts";
import { pictureLayers } from "../model/picture-layers.ts";
import { isSamePanelPlace, type PanelPlace, withPlace } from "../model/place.ts";
import { plateNumber, plateWord } from "../model/plates.ts";
import type { ScreenMap } from "../model/screen-map.ts";
import { type Series, type SeriesImage, shownImage } from "../model/series.ts";
import { createPanel, type PanelView, withPanel } from "../model/view.ts";
import type { Session } from "../session/session.ts";
import type { Stage } from "../session/stage.ts";
import type { DeepZoom, ZoomProgress } from "../zoom/deep-zoom.ts";
import { openDeepZoom } from "../zoom/open-deep-zoom.ts";
import { handleClick } from "./handle-click.ts";

/** A stage, and what brings its picture onto the page. */
export interface OwnStage {
  readonly stage: Stage;
  /** Opens the picture in an element. Returns what takes it away. */
  mount(frame: HTMLElement | null): () => void;
}

/** Makes the stage of a panel. */
export function createStage(session: Session, index: number): OwnStage {
  const panel = computed<PanelView>(() => session.view.value.panels[index] ?? createPanel({ kind: "atlas", id: 1 }));
  const ref = computed(() => panel.value.series);
  const series = computed(() => readyValue(session.series.get(ref.value).value));
  const image = computed(() => series.value && shownImage(series.value, panel.value.imageId));
  const map = signal<ScreenMap | undefined>(undefined);
  const size = signal({ width: 0, height: 0 });
  const zoom = signal<DeepZoom | undefined>(undefined);
  const frame = signal<HTMLElement | undefined>(undefined);
  const pointer = signal<ImagePoint | undefined>(undefined);
  const progress = signal<ZoomProgress>({ isWhole: false, failedTiles: 0, error: undefined });
  const stage: Stage = { index, panel, series, image, map, size, pointer, progress, frame, zoom };
  const open = (element: HTMLElement): DeepZoom =>
    openDeepZoom(element, session.api, {
      onFrame(nextMap, nextSize) {
        size.value = nextSize;
        map.value = nextMap;
      },
      onRest(imageId, place) {
        // While another series is on its way the picture of the one before can be moved: that is no place of this one.
        if (stage.image.peek()?.id === imageId) keepPlace(session, index, place);
      },
      onClick: (point, isAdditive) => handleClick(session, stage, point, isAdditive),
      onPointer(point) {
        pointer.value = point;
      },
      onProgress(next) {
        progress.value = next;
      },
    });
  const mount = (element: HTMLElement | null): (() => void) => {
    if (element === null) return () => {};
    const opened = open(element);
    zoom.value = opened;
    frame.value = element;
    session.stages.value = [...session.stages.peek(), stage];
    const stop = followView(stage, opened);
    return () => {
      stop();
      session.stages.value = session.stages.peek().filter((each) => each !== stage);
      zoom.value = undefined;
      frame.value = undefined;
      opened.destroy();
    };
  };
  return { stage, mount };
}

/** Says in the view where a picture has come to rest; where it says so already, nothing changes. */
function keepPlace(session: Session, index: number, place: PanelPlace): void {
  session.change((view) => withPanel(view, index, (panel) => withPlace(panel, place)), "move");
}

/** Keeps a picture at what the view says of its panel. */
function followView({ series, image, panel }: Stage, zoom: DeepZoom): () => void {
  let before: { readonly series: Series; readonly place: PanelPlace } | undefined;
  return effect(() => {
    const [of, shown] = [series.value, image.value];
    const { centre, zoom: level, rotationDeg, picture } = panel.value;
    if (of === undefined || shown === undefined) return;
    zoom.show(shown, pictureLayers(of, shown, picture));
    zoom.describe(nameOf(of, shown));
    const place = { centre, zoom: level, rotationDeg };
    const isMoved = before === undefined || before.series !== of || !isSamePanelPlace(before.place, place);
    if (isMoved) zoom.goTo(place, before?.series === of);
    before = { series: of, place };
  });
}

function nameOf(series: Series, image: SeriesImage): string {
  const word = plateWord(series).toLowerCase();
  return `Picture of ${plateNumber(series, image)}, ${series.name}; arrow keys change ${word}s, plus and minus zoom, question mark shows all keys`;
}
