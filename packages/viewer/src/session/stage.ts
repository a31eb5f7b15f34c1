import type { ImagePoint } from "@brainatlas/sdk/sync";
import type { ReadonlySignal } from "@preact/signals";
import type { ScreenMap } from "../model/screen-map.ts";
import type { Series, SeriesImage } from "../model/series.ts";
import type { Size } from "../model/size.ts";
import type { PanelView, View } from "../model/view.ts";
import type { DeepZoom, ZoomProgress } from "../zoom/deep-zoom.ts";

/** A panel, as what lies over its picture sees it. */
export interface Stage {
  /** Index of the panel, 0-based. */
  readonly index: number;
  readonly panel: ReadonlySignal<PanelView>;
  /** `undefined` until it has come. */
  readonly series: ReadonlySignal<Series | undefined>;
  readonly image: ReadonlySignal<SeriesImage | undefined>;
  /** Where the image is on the screen; changes with each frame while it moves. */
  readonly map: ReadonlySignal<ScreenMap | undefined>;
  /** Of the panel, in CSS pixels. */
  readonly size: ReadonlySignal<Size>;
  /** Pixel of the image under the pointer, relative to its box; `undefined` while the pointer is elsewhere. */
  readonly pointer: ReadonlySignal<ImagePoint | undefined>;
  readonly progress: ReadonlySignal<ZoomProgress>;
  /** What the picture lies in, which hears of presses on it; `undefined` until it is there. */
  readonly frame: ReadonlySignal<HTMLElement | undefined>;
  /** `undefined` until it is there. */
  readonly zoom: ReadonlySignal<DeepZoom | undefined>;
}

/** The stage of a panel; `undefined` until it is there. */
export function stageOf(stages: readonly Stage[], index: number | undefined): Stage | undefined {
  return stages.find((stage) => stage.index === index);
}

/** The panels of the page, and the view that they follow. */
export interface Panels {
  readonly view: ReadonlySignal<View>;
  readonly stages: ReadonlySignal<readonly Stage[]>;
  /** Whether linked panels are on their way after the active one. */
  readonly isFollowing: ReadonlySignal<boolean>;
}
