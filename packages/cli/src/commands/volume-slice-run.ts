import { writeFileWhole } from "@brainatlas/sdk/node";
import type { StructureTree } from "@brainatlas/sdk/ontology";
import type { LabelColours, PaintedSlice, SlicePlane } from "@brainatlas/sdk/volume";
import type { Context } from "../context.ts";
import { fileOf, openDestination, writePicture } from "../destination.ts";
import { asUsage, UsageError } from "../errors.ts";
import { EXIT } from "../exit.ts";
import { loadStructures, type StructuresOptions } from "../label-structures.ts";
import type { ShowMode } from "../output/graphics.ts";
import { labelColour } from "../output/label-colour.ts";
import { note, printable } from "../output/notes.ts";
import { encodePng } from "../output/png.ts";
import { printPixels } from "../output/quantities.ts";
import { showPixels } from "../output/show-picture.ts";
import { printFacts } from "../output/table.ts";
import { sayCredit } from "../rows.ts";
import { type OpenedVolume, openVolume, type VolumeOptions } from "../volumes.ts";

/** Options of `brainatlas volume slice`. */
export interface VolumeSliceOptions extends VolumeOptions, StructuresOptions {
  /** @default "coronal" */
  readonly axis?: SlicePlane | undefined;
  /** In µm. */
  readonly at?: number | undefined;
  readonly index?: number | undefined;
  readonly window?: readonly number[] | undefined;
  readonly out?: string | undefined;
  /** @default "auto" */
  readonly show?: ShowMode | undefined;
}

const AXES: Readonly<Record<SlicePlane, 0 | 1 | 2>> = { coronal: 0, horizontal: 1, sagittal: 2 };

/** Draws a slice. Returns the exit code. */
export async function run(context: Context, options: VolumeSliceOptions): Promise<number> {
  if (options.at !== undefined && options.index !== undefined) {
    throw new UsageError("Cannot use --at and --index at once; give one of them");
  }
  const destination = await openDestination(context, options.out, ".png");
  const opened = await openVolume(context, options);
  const { axis: plane = "coronal" } = options;
  const index = chooseIndex(opened, plane, options);
  const picture = await paint(context, opened, plane, index, options);
  const png = encodePng(picture);
  if (destination.kind === "stdout") {
    context.stdout.write(png);
  } else {
    const path = fileOf(destination, `${opened.title}-${plane}-${index}.png`);
    await writePicture(path, png, (target) => writeFileWhole(target, png));
    await showPixels(context, picture, options.show ?? "auto");
    context.stdout.write(`${printSlice(opened, plane, index, picture)}${printable(path)}\n`);
  }
  if (opened.api !== undefined) sayCredit(context, opened.api);
  return EXIT.done;
}

function chooseIndex({ volume }: OpenedVolume, plane: SlicePlane, { at, index }: VolumeSliceOptions): number {
  if (at !== undefined) return asUsage(() => volume.sliceAt(plane, at));
  const count = volume.size[AXES[plane]];
  if (index === undefined) return Math.floor(count / 2);
  if (index >= 0 && index < count) return index;
  throw new UsageError(`Cannot use --index ${index}; give a whole number from 0 to ${count - 1}`);
}

async function paint(
  context: Context,
  { volume, isAnnotation, noData }: OpenedVolume,
  plane: SlicePlane,
  index: number,
  options: VolumeSliceOptions,
): Promise<PaintedSlice> {
  if (!isAnnotation) {
    const [black, white] = options.window ?? [];
    const window = black === undefined || white === undefined ? undefined : ([black, white] as const);
    return asUsage(() => volume.graySlice(plane, index, { window, noData }));
  }
  if (options.window !== undefined) throw new UsageError("Cannot use --window with labels; add --as values");
  const labels = new Set<number | bigint>(volume.slice(plane, index).data);
  const tree = await loadStructures(context, options, "colours made of the ids");
  const colours = tree === undefined ? coloursOf(labels) : treeColours(tree);
  if (tree !== undefined) noteUnknown(context, labels, colours);
  return asUsage(() => volume.rgbSlice(plane, index, colours));
}

function treeColours(tree: StructureTree): LabelColours {
  return new Map(Array.from(tree, ({ id }) => [id, tree.rgb(id) ?? ([0, 0, 0] as const)]));
}

/** Colours of labels that nothing is known of; 0 is outside of the brain. */
function coloursOf(labels: Iterable<number | bigint>): LabelColours {
  const known = Array.from(labels, Number).filter((label) => label !== 0);
  return new Map(known.map((label) => [label, labelColour(label)]));
}

/** Says which labels have no colour, as they are of another graph. */
function noteUnknown(context: Context, labels: ReadonlySet<number | bigint>, colours: LabelColours): void {
  const unknown = [...labels].filter((label) => label !== 0 && !colours.has(Number(label)));
  if (unknown.length === 0) return;
  const which =
    unknown.length === 1 ? `label ${unknown[0]} is` : `${unknown.length} labels, such as ${unknown[0]}, are`;
  note(context, `${which} no structure of the graph, and left out`);
}

function printSlice({ volume, title }: OpenedVolume, plane: SlicePlane, index: number, picture: PaintedSlice): string {
  const { spacingUm } = volume.slice(plane, index);
  const axis = AXES[plane];
  const startUm = volume.originUm[axis] + index * volume.spacingUm[axis];
  return printFacts(`${title}, ${plane} slice ${index} of ${volume.size[axis]}`, [
    ["size", printPixels(picture)],
    ["pixel", `${spacingUm.join(" × ")} µm`],
    ["at", `${startUm} to ${startUm + volume.spacingUm[axis]} µm`],
  ]);
}
