import type { ImagePoint } from "@brainatlas/sdk/sync";
import { hasChoices, parseChoices, printChoices } from "./picture-url.ts";
import { normalRotation } from "./place.ts";
import {
  DEFAULT_DRAWING,
  DEFAULT_PICTURE,
  type LineView,
  MAX_PANELS,
  type PanelView,
  type PinView,
  type SeriesRef,
  type View,
} from "./view.ts";
import {
  DIGITS,
  isAcronym,
  MAX_LISTED,
  readDecimal,
  readId,
  readIds,
  readList,
  readPoint,
  roundTo,
} from "./view-values.ts";

/** A panel as an address asks for it. */
export interface PanelLink extends Omit<PanelView, "series"> {
  /** `undefined` where the address names an image alone, or nothing. */
  readonly series: SeriesRef | undefined;
}

/** What an address asks for: a view, but for what only the API can tell. */
export interface ViewLink extends Omit<View, "panels"> {
  /** One to four. */
  readonly panels: readonly PanelLink[];
  /** Structures that the address names by their acronyms. */
  readonly acronyms: readonly string[];
}

/** Pairs of an address by their keys. */
type LinkValues = ReadonlyMap<string, string>;

const PANEL_KEYS = ["atlas", "dataset", "plate", "x", "y", "zoom", "rotate"] as const;
const GLOBAL_KEYS = [
  "structure",
  "panel",
  "link",
  "drawing",
  "opacity",
  "outlines",
  "colours",
  "hide",
  "pin",
  "line",
  "volume",
] as const;

/** Least and greatest zoom of an address: a millionth of a CSS pixel to a thousand of them per pixel. */
const [MIN_ZOOM, MAX_ZOOM] = [-20, 10];

/** Keys of the institute's permalinks that say nothing of a view here. */
const OTHER_KEYS: readonly string[] = ["resolution", "z"];

/** Whether a key of an address is one of a view's, with the number of a panel or without, or of the institute's permalinks. */
export function isViewKey(key: string): boolean {
  const bare = key.replace(/[2-4]$/, "");
  return (
    OTHER_KEYS.includes(key) ||
    (GLOBAL_KEYS as readonly string[]).includes(key) ||
    (PANEL_KEYS as readonly string[]).includes(bare) ||
    hasChoices(bare)
  );
}

/**
 * Reads what an address asks for, from the part after `#` and from its query, which counts where the other says nothing. The permalinks of the
 * institute's viewer are read as well. What is unknown, or no value of its key, is as if it were not there.
 *
 * @example parseViewLink("#atlas=1&plate=100960224&zoom=-3").panels[0]?.imageId // → 100960224
 */
export function parseViewLink(hash: string, query = ""): ViewLink {
  const values: LinkValues = new Map([...pairsOf(query), ...pairsOf(hash)]);
  const numbers = [1, 2, 3, 4].filter((number) => number === 1 || isPanelGiven(values, number)).slice(0, MAX_PANELS);
  const named = readList(values.get("structure"));
  return {
    panels: numbers.map((number) => parsePanel(values, number)),
    active: Math.max(0, numbers.indexOf(readId(values.get("panel")) ?? 1)),
    linked: values.get("link") !== "off",
    structures: readIds(values.get("structure")),
    acronyms: named.filter(isAcronym),
    drawing: parseDrawing(values),
    pin: parsePin(values.get("pin"), numbers),
    line: parseLine(values.get("line"), numbers),
    volume: values.get("volume") === "on",
  };
}

/** The view of a link whose panels are all known; a panel without a series gets the given one. */
export function completeLink({ acronyms, panels, ...rest }: ViewLink, series: SeriesRef): View {
  return { ...rest, panels: panels.map((panel) => ({ ...panel, series: panel.series ?? series })) };
}

/**
 * Prints a view as the part of an address after `#`, without the sign. What is as in every view is left out, but for the series.
 *
 * @param acronyms Of structures that are selected and whose ids are not known yet.
 * @example printView(createView({ kind: "atlas", id: 1 })) // → "atlas=1"
 */
export function printView(view: View, acronyms: readonly string[] = []): string {
  const { active, linked, volume, pin, line } = view;
  const structures = [...view.structures, ...acronyms];
  const pairs = [
    ...view.panels.slice(0, MAX_PANELS).flatMap(printPanel),
    ...onlyIf(structures.length > 0, "structure", structures.slice(0, MAX_LISTED).join(",")),
    ...onlyIf(active > 0, "panel", String(active + 1)),
    ...onlyIf(!linked, "link", "off"),
    ...printDrawing(view),
    ...(pin === undefined ? [] : [["pin", [pin.panel + 1, pin.imageId, ...printPoint(pin)].join(",")] as const]),
    ...(line === undefined ? [] : [["line", printLine(line)] as const]),
    ...onlyIf(volume, "volume", "on"),
  ];
  return pairs.map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll("%2C", ",")}`).join("&");
}

type Pair = readonly [key: string, value: string];

function onlyIf(isSo: boolean, key: string, value: string): readonly Pair[] {
  return isSo ? [[key, value]] : [];
}

/** Broken escapes stay as they are, so that they fail as values. */
function pairsOf(text: string): Iterable<[string, string]> {
  return new URLSearchParams(text.replace(/^[#?]/, ""));
}

function isPanelGiven(values: LinkValues, number: number): boolean {
  return ["atlas", "dataset", "plate"].some((key) => readId(values.get(key + number)) !== undefined);
}

function parsePanel(values: LinkValues, number: number): PanelLink {
  const value = (key: string): string | undefined => values.get(number === 1 ? key : key + number);
  const [atlasId, dataSetId] = [readId(value("atlas")), readId(value("dataset"))];
  const turnDeg = readDecimal(value("rotate"), -3600, 3600, DIGITS.degrees) ?? 0;
  return {
    series: refOf("atlas", atlasId) ?? refOf("dataset", dataSetId),
    imageId: readId(value("plate")),
    centre: readPoint(value("x"), value("y")),
    zoom: readDecimal(value("zoom"), MIN_ZOOM, MAX_ZOOM, DIGITS.zoom),
    rotationDeg: within360(turnDeg),
    picture: parseChoices(value),
  };
}

function refOf(kind: SeriesRef["kind"], id: number | undefined): SeriesRef | undefined {
  return id === undefined ? undefined : { kind, id };
}

/** Rounded before it is brought into one turn, so that 359.99 is 0 and not 360. */
function within360(degrees: number): number {
  return roundTo(normalRotation(roundTo(degrees, DIGITS.degrees)), DIGITS.degrees);
}

function printPanel({ series, imageId, centre, zoom, rotationDeg, picture }: PanelView, index: number): Pair[] {
  const suffix = index === 0 ? "" : String(index + 1);
  const [x, y] = centre === undefined ? [] : printPoint(centre);
  const turnDeg = within360(rotationDeg);
  const pairs: readonly Pair[] = [
    [series.kind, String(series.id)],
    ...onlyIf(imageId !== undefined, "plate", String(imageId)),
    ...(x === undefined || y === undefined ? [] : [["x", x] as const, ["y", y] as const]),
    ...(zoom === undefined ? [] : [["zoom", String(roundTo(zoom, DIGITS.zoom))] as const]),
    ...onlyIf(turnDeg !== 0, "rotate", String(turnDeg)),
    ...printChoices(picture, DEFAULT_PICTURE),
  ];
  return pairs.map(([key, value]) => [key + suffix, value]);
}

function parseDrawing(values: LinkValues): View["drawing"] {
  return {
    shown: values.get("drawing") !== "off",
    opacity: readDecimal(values.get("opacity"), 0, 1, DIGITS.share) ?? DEFAULT_DRAWING.opacity,
    outlinesOnly: values.get("outlines") === "on",
    colours: values.get("colours") !== "off",
    hiddenGroups: readIds(values.get("hide")),
  };
}

function printDrawing({ drawing }: View): readonly Pair[] {
  const { shown, outlinesOnly, colours, hiddenGroups } = drawing;
  const opacity = roundTo(drawing.opacity, DIGITS.share);
  return [
    ...onlyIf(!shown, "drawing", "off"),
    ...onlyIf(opacity !== DEFAULT_DRAWING.opacity, "opacity", String(opacity)),
    ...onlyIf(outlinesOnly, "outlines", "on"),
    ...onlyIf(!colours, "colours", "off"),
    ...onlyIf(hiddenGroups.length > 0, "hide", hiddenGroups.slice(0, MAX_LISTED).join(",")),
  ];
}

function printPoint({ x, y }: ImagePoint): [string, string] {
  return [String(roundTo(x, DIGITS.px)), String(roundTo(y, DIGITS.px))];
}

function printLine({ panel, imageId, from, to }: LineView): string {
  return [panel + 1, imageId, ...printPoint(from), ...printPoint(to)].join(",");
}

function parsePin(text: string | undefined, numbers: readonly number[]): PinView | undefined {
  const [number, image, x, y, ...more] = splitFew(text);
  const place = placeOf(number, image, numbers);
  const point = readPoint(x, y);
  return place === undefined || point === undefined || more.length > 0 ? undefined : { ...place, ...point };
}

function parseLine(text: string | undefined, numbers: readonly number[]): LineView | undefined {
  const [number, image, fromX, fromY, toX, toY, ...more] = splitFew(text);
  const place = placeOf(number, image, numbers);
  const [from, to] = [readPoint(fromX, fromY), readPoint(toX, toY)];
  if (place === undefined || from === undefined || to === undefined || more.length > 0) return undefined;
  return { ...place, from, to };
}

/** One more than the longest has, so that too many are seen. */
function splitFew(text = ""): readonly string[] {
  return text.split(",", 7);
}

/** The panel and the image of a pin or a line, where there is such a panel. */
function placeOf(
  number: string | undefined,
  image: string | undefined,
  numbers: readonly number[],
): { panel: number; imageId: number } | undefined {
  const panel = numbers.indexOf(readId(number) ?? 0);
  const imageId = readId(image);
  return panel < 0 || imageId === undefined ? undefined : { panel, imageId };
}
