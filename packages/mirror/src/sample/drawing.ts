import { type Loop, traceLoops } from "./contours.ts";
import { type Curve, CurveMaker } from "./curves.ts";
import { openIslands } from "./islands.ts";
import { MIDLINE_Z_UM } from "./model.ts";
import { nestedLoops } from "./nested-loops.ts";
import type { SamplePlate } from "./plate.ts";
import { SAMPLE_PLATES } from "./plates.ts";
import { rasterLabels } from "./raster.ts";
import { removeSpecks } from "./specks.ts";
import { isWithin, sampleStructure } from "./structures.ts";
import { toReference } from "./to-reference.ts";
import { createTurns } from "./volumes/turns.ts";

/** What a drawing shows. */
export interface DrawOptions {
  /**
   * GraphicGroupLabel ids to draw.
   * @default all groups of the plate's alternates
   */
  readonly groups?: readonly number[];
  /**
   * Halvings of the document's size.
   * @default 0
   */
  readonly downsample?: number;
}

const GROUP_NAMES: ReadonlyMap<number, string> = new Map([
  [28, "Atlas - Adult Mouse"],
  [159226751, "Atlas - Adult Mouse Fiber Tracts"],
  [32, "Atlas - Developing Mouse"],
]);
const FIBRE_GROUP = 159226751;
const ADULT_GROUP = 28;
const FIBRE_TRACTS = 1009;
const GREY = 8;
const CORONAL_ATLAS_SET = 100048576;

/** Tier the outlines are traced at: 17 µm a pixel for a 1.05 µm scan. */
const TRACE_DOWNSAMPLE = 4;
/** Rows that are rastered in one step. */
const STRIPE_ROWS = 32;
const SMALLEST_REGION_PX = 14;
const FIRST_GRAPHIC_ID = 700_000_000;
const IDS_PER_PLATE = 3000;
const IDS_PER_GROUP = 1000;

interface Shape {
  readonly structureId: number;
  readonly curve: Curve;
  /** Borders of what lies in it and is drawn in a group beneath. */
  readonly holes: readonly Curve[];
}

/**
 * Drawing of a plate: one group a label, one path a region, in the form the service answers with.
 *
 * Plates of the coronal atlas are drawn on the right half only. Paths are in full-resolution pixels of the section box.
 *
 * @param plate The plate.
 * @param options Groups and size.
 * @returns SVG text; without paths when the plate has no drawing.
 * @example drawPlate(plate, { groups: [28], downsample: 4 }).startsWith("<svg ") // → true
 */
export function drawPlate(plate: SamplePlate, options: DrawOptions = {}): string {
  const steps = drawSteps(plate, options);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/**
 * Draws a plate as {@link drawPlate} does, and lets others have their turn in between.
 *
 * @param signal Ends the work.
 * @example (await drawPlateInTurns(plate)) === drawPlate(plate) // → true
 */
export async function drawPlateInTurns(
  plate: SamplePlate,
  options: DrawOptions = {},
  signal?: AbortSignal,
): Promise<string> {
  const turn = createTurns(signal);
  const steps = drawSteps(plate, options);
  for (;;) {
    await turn();
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** The work of a drawing in steps of some ten milliseconds. */
function* drawSteps(plate: SamplePlate, options: DrawOptions): Generator<void, string, undefined> {
  const downsample = options.downsample ?? 0;
  const groups = plateGroups(plate).filter((group) => options.groups === undefined || options.groups.includes(group));
  const scale = 2 ** downsample;
  const width = Math.floor(plate.record.width / scale);
  const height = Math.floor(plate.record.height / scale);
  const shapes = groups.length === 0 ? [] : yield* traceShapes(plate);
  const printed: string[] = [];
  for (const [i, group] of groups.entries()) {
    printed.push(printGroup(plate, group, i + 1, shapes));
    yield;
  }
  return [
    `<svg width="${width}" height="${height}" xmlns="http://www.w3.org/2000/svg">`,
    "<!-- synthetic: computed by the brainatlas sample atlas, not drawn from any specimen -->",
    `<g transform="scale(${downsample === 0 ? "1.0" : 1 / scale})">`,
    ...printed,
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

/**
 * Labels of the groups that a plate's drawing has, in the order of the document.
 *
 * @param plate The plate.
 * @returns GraphicGroupLabel ids; none when the plate has no drawing.
 * @example plateGroups(plate) // → [28, 159226751]
 */
export function plateGroups(plate: SamplePlate): readonly number[] {
  return [...new Set(plate.alternates.flatMap((alternate) => alternate.groups))];
}

/**
 * Id of a group of a plate's drawing.
 *
 * @param plate Plate of `SAMPLE_PLATES`.
 * @param group GraphicGroupLabel id, one of {@link plateGroups}.
 * @returns GraphicObject id.
 * @example graphicGroupId(plate, 28) // → 700000000 for the first plate
 */
export function graphicGroupId(plate: SamplePlate, group: number): number {
  const kind = [...GROUP_NAMES.keys()].indexOf(group);
  return FIRST_GRAPHIC_ID + SAMPLE_PLATES.indexOf(plate) * IDS_PER_PLATE + kind * IDS_PER_GROUP;
}

/** Background first, then regions from the biggest down, so that what lies inside another is painted over it. */
function* traceShapes(plate: SamplePlate): Generator<void, readonly Shape[], undefined> {
  const scale = 2 ** TRACE_DOWNSAMPLE;
  const width = Math.floor(plate.record.width / scale);
  const height = Math.floor(plate.record.height / scale);
  const labels = new Int32Array(width * height);
  for (let row = 0; row < height; row += STRIPE_ROWS) {
    const stripe = { left: 0, top: row * scale, width, height: Math.min(STRIPE_ROWS, height - row) };
    labels.set(rasterLabels(plate, { ...stripe, downsample: TRACE_DOWNSAMPLE }), row * width);
    yield;
  }
  if (plate.record.data_set_id === CORONAL_ATLAS_SET) clearLeft(plate, labels, width, scale);
  removeSpecks(labels, width, SMALLEST_REGION_PX);
  yield;
  const whole = labels.map((label) => (label === 0 ? 0 : GREY));
  openIslands(whole, width);
  yield;
  return [...(yield* shapesOf(whole, width)), ...(yield* shapesOf(labels, width))];
}

function* shapesOf(labels: Int32Array, width: number): Generator<void, readonly Shape[], undefined> {
  const maker = new CurveMaker(labels, width);
  const loops = traceLoops(labels, width);
  yield;
  const curves = new Map<Loop, Curve>();
  for (const loop of loops) {
    curves.set(loop, maker.curve(loop));
    yield;
  }
  const curveOf = (loop: Loop): Curve => curves.get(loop) ?? [];
  // Fibre tracts are painted over everything else, so what lies in them is left free.
  const nested = nestedLoops(loops, width, (loop) => isWithin(loop.label, FIBRE_TRACTS));
  yield;
  return loops.map((loop) => ({
    structureId: loop.label,
    curve: curveOf(loop),
    holes: (nested.get(loop) ?? []).map(curveOf),
  }));
}

function clearLeft(plate: SamplePlate, labels: Int32Array, width: number, scale: number): void {
  const { matrix } = toReference(plate);
  for (let i = 0; i < labels.length; i++) {
    const px = ((i % width) + 0.5) * scale - 0.5;
    const py = (Math.floor(i / width) + 0.5) * scale - 0.5;
    if ((matrix[6] ?? 0) * px + (matrix[7] ?? 0) * py + (matrix[8] ?? 0) < MIDLINE_Z_UM) labels[i] = 0;
  }
}

function isInGroup(structureId: number, group: number): boolean {
  const isFibre = isWithin(structureId, FIBRE_TRACTS);
  if (group === FIBRE_GROUP) return isFibre;
  return group === ADULT_GROUP ? !isFibre : true;
}

function printGroup(plate: SamplePlate, group: number, order: number, shapes: readonly Shape[]): string {
  const id = graphicGroupId(plate, group);
  const paths = shapes
    .filter((shape) => isInGroup(shape.structureId, group))
    .map((shape, i) => printPath(shape, id, i));
  const label = `graphic_group_label_id="${group}" graphic_group_label="${GROUP_NAMES.get(group) ?? ""}"`;
  const open = `<g id="${id}" order="${order}" parent_id="" ${label} sub_image_id="${plate.record.id}" transform=" scale(1.0, 1.0)">`;
  return `${open}${paths.join("\n")}\n</g>`;
}

function printPath(shape: Shape, groupId: number, order: number): string {
  const color = (sampleStructure(shape.structureId)?.color_hex_triplet ?? "ffffff").toLowerCase();
  const ids = `id="${groupId + 1 + order}" parent_id="${groupId}" order="${order}" structure_id="${shape.structureId}"`;
  const curves = [shape.curve, ...shape.holes.map(reversed)];
  return `<path ${ids} d="${curves.map(printCurve).join("")}" style="stroke:black;fill:#${color}"/>`;
}

/** The same curve run the other way round: inside of another it bounds a hole. */
function reversed(curve: Curve): Curve {
  return curve.map((_, i) => curve[curve.length - 2 - i + 2 * (i % 2)] ?? 0);
}

/** Absolute start, then relative pieces; each is rounded from where the last one ended, so that nothing drifts. */
function printCurve(curve: Curve): string {
  const scale = 2 ** TRACE_DOWNSAMPLE;
  const at = (i: number): number => Math.round((curve[i] ?? 0) * scale * 1000) / 1000;
  let [x, y] = [at(0), at(1)];
  const parts = [`M${x},${y}`];
  for (let i = 2; i + 5 < curve.length; i += 6) {
    const piece = [0, 1, 2, 3, 4, 5].map((k) => Math.round((at(i + k) - (k % 2 === 0 ? x : y)) * 1000) / 1000);
    parts.push(`c${piece.map((value, k) => (k === 0 || value < 0 ? `${value}` : `,${value}`)).join("")}`);
    [x, y] = [at(i + 4), at(i + 5)];
  }
  return `${parts.join("    ")}z`;
}
