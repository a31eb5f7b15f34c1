import type { Drawing, Path, Region } from "@brainatlas/sdk/drawing";
import type { ImageSize } from "@brainatlas/sdk/image";
import { type Site, urisOf } from "./canvas.ts";
import type { StructureFacts } from "./read-atlases.ts";
import { entry, type LinkedDocument, PRESENTATION_CONTEXT } from "./words.ts";

/** A plate's drawing, as a page of annotations takes it. */
export interface DrawnPlate extends ImageSize {
  readonly imageId: number;
  readonly drawing: Drawing;
  /** GraphicGroupLabel ids of the groups to show; all where none is known. */
  readonly labels: readonly number[];
  readonly structures: ReadonlyMap<number, StructureFacts>;
}

/** Regions of one structure in one group. */
interface DrawnStructure {
  readonly id: number;
  readonly group: string | undefined;
  readonly regions: Region[];
}

/** The structures of a plate's drawing as annotations of its canvas (Presentation 3.0 §5.5, Web Annotation Data Model). */
export function printAnnotations(site: Site, plate: DrawnPlate): LinkedDocument {
  const id = urisOf(site).annotations(plate.imageId);
  return {
    "@context": PRESENTATION_CONTEXT,
    id,
    type: "AnnotationPage",
    items: structuresOf(plate).map((structure, index) => printStructure(site, plate, structure, `${id}/${index}`)),
  };
}

/** Ids of the structures that a drawing shows. */
export function drawnStructures({ regions }: Drawing): number[] {
  return [...new Set(regions.flatMap(({ structureId }) => structureId ?? []))];
}

/** In the order in which they are painted first. */
function structuresOf({ drawing, labels }: DrawnPlate): DrawnStructure[] {
  const isShown = (labelId = Number.NaN): boolean => labels.length === 0 || labels.includes(labelId);
  const groups = drawing.groups.filter(({ labelId }) => isShown(labelId));
  // Documents of old have no groups.
  const all = drawing.groups.length > 0 ? groups : [{ label: undefined, regions: drawing.regions }];
  return all.flatMap(({ label, regions }) => {
    const byId = new Map<number, DrawnStructure>();
    for (const region of regions) {
      const { structureId: id } = region;
      if (id === undefined) continue;
      const known = byId.get(id);
      if (known === undefined) byId.set(id, { id, group: label, regions: [region] });
      else known.regions.push(region);
    }
    return [...byId.values()];
  });
}

function printStructure(site: Site, plate: DrawnPlate, { id, group, regions }: DrawnStructure, uri: string): object {
  const facts = plate.structures.get(id);
  const { name, acronym } = facts ?? {};
  const colour = regions[0]?.fill ?? (facts?.colour && `#${facts.colour.toLowerCase()}`);
  return {
    id: uri,
    type: "Annotation",
    motivation: "tagging",
    body: [
      {
        type: "TextualBody",
        value: wordsOf(id, name, acronym),
        format: "text/plain",
        language: "en",
        purpose: "tagging",
      },
      {
        type: "SpecificResource",
        source: `${site.origin}/api/v2/data/Structure/${id}.json`,
        format: "application/json",
        purpose: "identifying",
      },
    ],
    metadata: [
      entry("Structure id", String(id)),
      ...(acronym === undefined ? [] : [entry("Acronym", acronym)]),
      ...(group === undefined ? [] : [entry("Group", group)]),
      ...(colour ? [entry("Colour", colour)] : []),
    ],
    target: {
      type: "SpecificResource",
      source: urisOf(site).canvas(plate.imageId),
      selector: { type: "SvgSelector", value: printSelector(plate, regions, colour || undefined) },
    },
  };
}

function wordsOf(id: number, name: string | undefined, acronym: string | undefined): string {
  if (name === undefined) return acronym ?? `Structure ${id}`;
  return acronym === undefined ? name : `${name} (${acronym})`;
}

function printSelector({ width, height }: ImageSize, regions: readonly Region[], colour: string | undefined): string {
  const fill = /^#[0-9a-f]{3,8}$/i.test(colour ?? "") ? ` fill="${colour}"` : "";
  const paths = regions.map(({ path, fillRule }) => `<path${fill} fill-rule="${fillRule}" d="${printPath(path)}"/>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${paths.join("")}</svg>`;
}

/**
 * Path data in full-resolution pixels, to a tenth of one.
 *
 * @example printPath({ subpaths: [{ points: Float64Array.of(1, 2, 1, 2, 3, 4.06, 3, 4.06), isClosed: true }] }) // → "M1,2L3,4.1Z"
 */
export function printPath({ subpaths }: Path): string {
  let text = "";
  for (const { points: p } of subpaths) {
    text += `M${pair(p, 0)}`;
    for (let at = 2; at + 5 < p.length; at += 6) {
      const isStraight =
        p[at] === p[at - 2] && p[at + 1] === p[at - 1] && p[at + 2] === p[at + 4] && p[at + 3] === p[at + 5];
      text += isStraight ? `L${pair(p, at + 4)}` : `C${pair(p, at)} ${pair(p, at + 2)} ${pair(p, at + 4)}`;
    }
    // What is filled is closed, whether or not its stroke is.
    text += "Z";
  }
  return text;
}

function pair(points: Float64Array, at: number): string {
  return `${tenth(points[at] ?? 0)},${tenth(points[at + 1] ?? 0)}`;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
