import { checkCount, show } from "../check.ts";
import type { Matrix } from "./matrix.ts";
import type { Region } from "./region.ts";

/** A group of a drawing: the regions of one label, such as those of the fibre tracts. */
export interface DrawingGroup {
  /** GraphicObject id. */
  readonly id: number;
  /** Place among the groups, as the service counts. */
  readonly order: number;
  /** Name of the GraphicGroupLabel, such as `Atlas - Adult Mouse`. */
  readonly label: string;
  /** GraphicGroupLabel id, which `groups` of a request takes; `undefined` if the document names none. */
  readonly labelId: number | undefined;
  /** From the group's coordinates to full-resolution pixels; the regions' paths have it applied. */
  readonly matrix: Matrix;
  /** In the order in which they are painted. */
  readonly regions: readonly Region[];
}

/** Which regions a point is looked up in, and in what pixels it is. */
export interface PointOptions {
  /**
   * GraphicGroupLabel ids; regions of other groups are not looked at.
   * @default all
   */
  readonly groups?: readonly number[] | undefined;
  /**
   * The tier whose pixels the point is counted in: how often the full resolution is halved, 0 to 30.
   * @default 0
   */
  readonly downsample?: number | undefined;
}

/** What a document says of itself. */
export interface DrawingFacts {
  readonly width: number;
  readonly height: number;
  readonly downsample: number | undefined;
  readonly imageId: number | undefined;
  readonly groups: readonly DrawingGroup[];
  readonly regions: readonly Region[];
}

/** Largest downsample, as that of images. */
export const MAX_DOWNSAMPLE = 30;

/** The drawing of a plate: regions of structures, painted one over the other. Immutable; `parseDrawing()` makes it. */
export class Drawing implements DrawingFacts {
  /** Width of the document, in its own pixels: those of the tier `downsample`. */
  readonly width: number;
  readonly height: number;
  /** How often the document halves the full resolution; `undefined` if it does not say. */
  readonly downsample: number | undefined;
  /** AtlasImage or SectionImage id; `undefined` if the document has no group that names it. */
  readonly imageId: number | undefined;
  /** In the order of the document; empty in the form of old, and where nothing is drawn. */
  readonly groups: readonly DrawingGroup[];
  /** All regions in the order in which they are painted: later ones lie on top. */
  readonly regions: readonly Region[];

  /** @internal */
  constructor(facts: DrawingFacts) {
    this.width = facts.width;
    this.height = facts.height;
    this.downsample = facts.downsample;
    this.imageId = facts.imageId;
    this.groups = facts.groups;
    this.regions = facts.regions;
    Object.freeze(this);
  }

  /**
   * The regions that are painted at a point, the topmost first: what a structure is drawn on comes after it. Those without a fill
   * are not painted, and strokes are not counted.
   *
   * @param x Pixels from the left edge of the section's box (not of the stored file: subtract the record's `x`); the middle of the
   *   first pixel is 0.5.
   * @param y The same from the upper edge.
   * @throws {RangeError} If a coordinate is not finite, or an option is out of its range.
   */
  regionsAt(x: number, y: number, { groups, downsample = 0 }: PointOptions = {}): Region[] {
    const scale = 2 ** checkCount("downsample", downsample, 0, MAX_DOWNSAMPLE);
    const [fullX, fullY] = [checkFinite("x", x) * scale, checkFinite("y", y) * scale];
    const shown = groups === undefined ? this.regions : this.#regionsOfLabels(groups);
    return shown.filter((region) => region.fill !== undefined && region.contains(fullX, fullY)).reverse();
  }

  /** Ids of the structures that are painted at a point, the topmost first and each once. Counts and throws as `regionsAt()` does. */
  structuresAt(x: number, y: number, options: PointOptions = {}): number[] {
    const ids = this.regionsAt(x, y, options).flatMap(({ structureId }) => structureId ?? []);
    return [...new Set(ids)];
  }

  /** Id of the structure that is seen at a point; `undefined` where none is. Counts and throws as `regionsAt()` does. */
  structureAt(x: number, y: number, options: PointOptions = {}): number | undefined {
    return this.structuresAt(x, y, options)[0];
  }

  /**
   * The regions of some structures, in the order in which they are painted. Of these structures alone: a drawing does not know which
   * lie in which; `StructureTree.descendants()` does.
   *
   * @param structureIds One id, or any number of them.
   */
  regionsOf(structureIds: number | Iterable<number>): Region[] {
    const wanted = new Set(typeof structureIds === "number" ? [structureIds] : structureIds);
    return this.regions.filter(({ structureId }) => structureId !== undefined && wanted.has(structureId));
  }

  /**
   * Area of each structure's own regions, in px² at full resolution, in the order in which they are first painted.
   *
   * It is what the borders enclose, not what is seen: regions lie on one another. A background, such as structure 8 of the mouse, is
   * painted under all that lies on it and holds its area as well, and so may a structure whose parts are drawn too. Do not add up
   * the areas of structures that lie in each other.
   */
  areaByStructure(): Map<number, number> {
    const areas = new Map<number, number>();
    for (const { structureId, area } of this.regions) {
      if (structureId !== undefined) areas.set(structureId, (areas.get(structureId) ?? 0) + area);
    }
    return areas;
  }

  #regionsOfLabels(labelIds: readonly number[]): Region[] {
    return this.groups
      .filter(({ labelId }) => labelId !== undefined && labelIds.includes(labelId))
      .flatMap(({ regions }) => regions);
  }
}

function checkFinite(name: string, value: unknown): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new RangeError(`Cannot use ${name} ${show(value)}; give a finite number of pixels`);
}
