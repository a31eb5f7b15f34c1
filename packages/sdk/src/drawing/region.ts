import { areaOf, type FillRule, isFilled } from "./area.ts";
import type { Box, Path } from "./path.ts";
import { boxOf, type Piece, piecesOf, windingAt } from "./pieces.ts";

/** What a document says of a region. */
export interface RegionFacts {
  /** GraphicObject id. */
  readonly id: number;
  /** Structure that it shows, where the document names one. */
  readonly structureId: number | undefined;
  /** The group that it lies in; of the form without groups, the one that it names. */
  readonly groupId: number | undefined;
  /** Place among the regions of its group, as the service counts; regions are painted in the order of the document. */
  readonly order: number;
  /** Path data as the document has them, in the coordinates of the group. */
  readonly d: string;
  /** The border, in full-resolution pixels of the section's box. */
  readonly path: Path;
  /** Declarations of style, such as `stroke:black;fill:#bfdae3`. */
  readonly style: string;
  /** Colour of the inside as the document has it, such as `#bfdae3`; `undefined` if it is not filled. */
  readonly fill: string | undefined;
  /** Colour of the border; `undefined` if it is not drawn. */
  readonly stroke: string | undefined;
  readonly fillRule: FillRule;
}

/** A region of a drawing: one painted path. A structure may have several. Immutable. */
export class Region implements RegionFacts {
  readonly id: number;
  readonly structureId: number | undefined;
  readonly groupId: number | undefined;
  readonly order: number;
  readonly d: string;
  readonly path: Path;
  readonly style: string;
  readonly fill: string | undefined;
  readonly stroke: string | undefined;
  readonly fillRule: FillRule;
  #box: Box | undefined;
  #area: number | undefined;
  #pieces: readonly Piece[] | undefined;

  /** @internal */
  constructor(facts: RegionFacts) {
    this.id = facts.id;
    this.structureId = facts.structureId;
    this.groupId = facts.groupId;
    this.order = facts.order;
    this.d = facts.d;
    this.path = facts.path;
    this.style = facts.style;
    this.fill = facts.fill;
    this.stroke = facts.stroke;
    this.fillRule = facts.fillRule;
    Object.freeze(this);
  }

  /** The smallest box that holds the curves, in full-resolution pixels of the section's box; `undefined` if nothing is drawn. */
  get box(): Box | undefined {
    this.#box ??= boxOf(this.path);
    return this.#box;
  }

  /**
   * What the border fills, in px² at full resolution: computed from the curves themselves. Exact unless strokes of the border cross
   * each other or themselves, where it may be too small or too large; what is painted over the region later is not taken away.
   */
  get area(): number {
    this.#area ??= areaOf(this.path, this.fillRule);
    return this.#area;
  }

  /**
   * Whether a point lies in what the border fills, by the curves themselves: not by their boxes, nor by polygons. Of a point on the
   * border itself, an upper or left one is inside, and a lower or right one is not, as far as numbers tell.
   *
   * @param x Full-resolution pixels from the left edge of the section's box; the middle of the first pixel is 0.5.
   * @param y The same from the upper edge.
   */
  contains(x: number, y: number): boolean {
    const { box } = this;
    if (box === undefined || !(x >= box.left && x < box.right && y >= box.top && y < box.bottom)) return false;
    this.#pieces ??= this.path.subpaths.flatMap(piecesOf);
    return isFilled(windingAt(this.#pieces, x, y), this.fillRule);
  }
}
