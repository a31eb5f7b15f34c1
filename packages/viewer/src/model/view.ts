import type { ChannelRange, ColormapThreshold } from "@brainatlas/sdk/image";
import type { ImagePoint } from "@brainatlas/sdk/sync";

/** What a panel goes through: the plates of an atlas, or the sections of an experiment. */
export interface SeriesRef {
  readonly kind: "atlas" | "dataset";
  /** Atlas id, or SectionDataSet id. */
  readonly id: number;
}

/**
 * A picture of an image: as it was taken, coloured by structure (reference §1.2 `annotation`), its expression mask, its projection mask, or none,
 * so that the drawing stands alone.
 */
export type PictureKind = "primary" | "annotated" | "expression" | "projection" | "none";

/** Which pictures a panel shows, and how they are made (reference §1.2). */
export interface PictureView {
  readonly shown: PictureKind;
  /** A second picture over the first one. */
  readonly over: PictureKind | undefined;
  /** How the two are shown together: one through the other, or side by side of a line. */
  readonly mix: "blend" | "swipe";
  /** From 0 to 1: how much of the upper picture shows, or how far from the left the line stands. */
  readonly share: number;
  /** Windows of the channels red, green and blue, from 0 to 4095; `undefined` for those of the service. */
  readonly range: ChannelRange | undefined;
  /** False colours of the masks. */
  readonly colormap: ColormapThreshold | undefined;
  /** Gain and bias, each from 0 to 1. */
  readonly contrast: readonly [gain: number, bias: number] | undefined;
}

/** One deep-zoom panel. */
export interface PanelView {
  readonly series: SeriesRef;
  /** Id of the plate or section; `undefined` until the series says which is its middle. */
  readonly imageId: number | undefined;
  /** What is in the middle of the panel, in full-resolution pixels relative to the image's box; `undefined` for the whole image. */
  readonly centre: ImagePoint | undefined;
  /** Logarithm to base 2 of the CSS pixels per full-resolution pixel, as in the institute's permalinks; `undefined` for the whole image. */
  readonly zoom: number | undefined;
  /** Degrees clockwise, from 0 to 359. */
  readonly rotationDeg: number;
  readonly picture: PictureView;
}

/** How drawings are laid over the pictures, in all panels. */
export interface DrawingView {
  readonly shown: boolean;
  /** Of the filled regions, from 0 to 1. */
  readonly opacity: number;
  /** Lines alone, no filled regions. */
  readonly outlinesOnly: boolean;
  /** With the colours of the ontology; else in one colour. */
  readonly colours: boolean;
  /** Ids of the GraphicGroupLabels that are left out, such as 159226751 for the fiber tracts of the adult mouse. */
  readonly hiddenGroups: readonly number[];
}

/** A place that was clicked, in full-resolution pixels of an image of a panel. */
export interface PinView extends ImagePoint {
  /** Index of the panel, 0-based. */
  readonly panel: number;
  readonly imageId: number;
}

/** A measuring line on an image of a panel, in full-resolution pixels. */
export interface LineView {
  /** Index of the panel, 0-based. */
  readonly panel: number;
  readonly imageId: number;
  readonly from: ImagePoint;
  readonly to: ImagePoint;
}

/** All that a link keeps: what is looked at. Where the pointer is, and what is open in the page, is no part of it. */
export interface View {
  /** One to four. */
  readonly panels: readonly PanelView[];
  /** Index of the panel that keys and the plate slider act on, 0-based. */
  readonly active: number;
  /** Whether all panels are kept at the same place of reference space. */
  readonly linked: boolean;
  /** Ids of the selected structures, without their children. */
  readonly structures: readonly number[];
  readonly drawing: DrawingView;
  readonly pin: PinView | undefined;
  readonly line: LineView | undefined;
  /** Whether the slices of a volume are shown. */
  readonly volume: boolean;
}

/** Most panels at once. */
export const MAX_PANELS = 4;

export const DEFAULT_PICTURE: PictureView = {
  shown: "primary",
  over: undefined,
  mix: "blend",
  share: 0.5,
  range: undefined,
  colormap: undefined,
  contrast: undefined,
};

export const DEFAULT_DRAWING: DrawingView = {
  shown: true,
  opacity: 0.35,
  outlinesOnly: false,
  colours: true,
  hiddenGroups: [],
};

/** A panel that shows the whole of the middle image of a series. */
export function createPanel(series: SeriesRef, given: Partial<PanelView> = {}): PanelView {
  return {
    series,
    imageId: undefined,
    centre: undefined,
    zoom: undefined,
    rotationDeg: 0,
    picture: DEFAULT_PICTURE,
    ...given,
  };
}

/** One panel on a series, and nothing selected. */
export function createView(series: SeriesRef): View {
  return {
    panels: [createPanel(series)],
    active: 0,
    linked: true,
    structures: [],
    drawing: DEFAULT_DRAWING,
    pin: undefined,
    line: undefined,
    volume: false,
  };
}

/** The view with one panel changed; the same view where there is no such panel. */
export function withPanel(view: View, index: number, change: (panel: PanelView) => PanelView): View {
  const panel = view.panels[index];
  if (panel === undefined) return view;
  const next = change(panel);
  return next === panel ? view : { ...view, panels: view.panels.with(index, next) };
}

/** The view with another image in a panel, at the same place and zoom. */
export function withImage(view: View, index: number, imageId: number): View {
  return withPanel(view, index, (panel) => (panel.imageId === imageId ? panel : { ...panel, imageId }));
}

/** Whether two refer to the same series. */
export function isSameSeries(one: SeriesRef, other: SeriesRef): boolean {
  return one.kind === other.kind && one.id === other.id;
}

/** Words of a series for keys of maps. */
export function seriesKey({ kind, id }: SeriesRef): string {
  return `${kind} ${id}`;
}
