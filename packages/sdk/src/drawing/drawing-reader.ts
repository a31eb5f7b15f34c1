import type { XmlEvent } from "../xml/xml-events.ts";
import { type DrawingFacts, type DrawingGroup, MAX_DOWNSAMPLE } from "./drawing.ts";
import { IDENTITY, type Matrix, parseMatrix } from "./matrix.ts";
import { MAX_SEGMENTS, parsePath } from "./parse-path.ts";
import type { Path } from "./path.ts";
import { PathFault } from "./path-reader.ts";
import { Region } from "./region.ts";
import { isUnderstood, NO_STYLE, paintOf, printStyle, readStyle, type Style } from "./style.ts";

/** What is wrong with a document, and where. */
export interface DrawingFault {
  readonly at: string;
  readonly expected: string;
  readonly found: string;
}

type Attributes = Readonly<Record<string, string>>;
type Group = DrawingGroup & { readonly regions: Region[] };

/** An element that is not closed yet. `ignored` ones hold nothing that is drawn. */
interface OpenElement {
  readonly kind: "svg" | "scale" | "group" | "path" | "ignored";
  readonly style: Style;
}

/**
 * Most strokes times segments, of all paths: a stroke is looked up among the segments of its path for the area. Some thousand times
 * as many as the largest recorded drawing has.
 */
const MAX_LOOKUPS = 20_000_000;

/** Elements that say something about the drawing and draw nothing. */
const IGNORED: readonly string[] = ["title", "desc", "metadata"];
/** Names of attributes are short; more of a value is not shown. */
const SHOWN_CHARACTERS = 60;

/** Puts a drawing together from the parts of its document. */
export class DrawingReader {
  readonly #fail: (fault: DrawingFault) => Error;
  readonly #open: OpenElement[] = [];
  readonly #groups: Group[] = [];
  readonly #regions: Region[] = [];
  #size: { width: number; height: number } | undefined;
  #downsample: number | undefined;
  #imageId: number | undefined;
  #segments = 0;
  #lookups = 0;

  constructor(fail: (fault: DrawingFault) => Error) {
    this.#fail = fail;
  }

  read(event: XmlEvent): void {
    if (event.kind === "open") this.#open.push(this.#openElement(event.name, event.attributes));
    else if (event.kind === "close") this.#open.pop();
    else if (event.text.trim() !== "" && this.#open.at(-1)?.kind !== "ignored") {
      throw this.#fail({ at: this.#place(), expected: "elements alone", found: quote(event.text.trim()) });
    }
  }

  /** The drawing, once the document has ended. */
  facts(): DrawingFacts {
    const { width = 0, height = 0 } = this.#size ?? {}; // There is a root where the document has ended.
    for (const group of this.#groups) Object.freeze(Object.freeze(group).regions);
    return {
      width,
      height,
      downsample: this.#downsample,
      imageId: this.#imageId,
      groups: Object.freeze(this.#groups),
      regions: Object.freeze(this.#regions),
    };
  }

  #openElement(name: string, attributes: Attributes): OpenElement {
    const parent = this.#open.at(-1);
    if (parent === undefined) return this.#openRoot(name, attributes);
    if (parent.kind === "ignored" || IGNORED.includes(name)) return { kind: "ignored", style: NO_STYLE };
    if (name === "path" && parent.kind !== "path") {
      const style = this.#style(`path ${this.#regions.length + 1}`, attributes, parent.style);
      this.#addRegion(attributes, parent.kind === "group", style);
      return { kind: "path", style };
    }
    if (name !== "g" || (parent.kind !== "svg" && parent.kind !== "scale")) {
      throw this.#fail({ at: this.#place(), expected: "groups and paths", found: `<${name}>` });
    }
    const isScale = parent.kind === "svg" && attributes.id === undefined;
    const { transform: _, ...others } = attributes;
    const style = this.#style(isScale ? "the outer group" : `group ${this.#groups.length + 1}`, others, parent.style);
    if (isScale) this.#readScale(attributes);
    else this.#addGroup(attributes);
    return { kind: isScale ? "scale" : "group", style };
  }

  #openRoot(name: string, attributes: Attributes): OpenElement {
    const at = "the root";
    if (name !== "svg") throw this.#fail({ at, expected: "<svg>", found: `<${name}>` });
    const { viewBox, ...others } = attributes;
    const [width, height] = [this.#length(attributes, "width"), this.#length(attributes, "height")];
    const box = `0 0 ${width} ${height}`;
    if (viewBox !== undefined && viewBox.trim().replaceAll(/[\s,]+/g, " ") !== box) {
      throw this.#fail({ at: `${at}, viewBox`, expected: `none, or ${box}`, found: quote(viewBox) });
    }
    this.#size = { width, height };
    return { kind: "svg", style: this.#style(at, others, NO_STYLE) };
  }

  /** The style of an element, over what it inherits. */
  #style(at: string, attributes: Attributes, inherited: Style): Style {
    const own = readStyle(attributes);
    for (const [name, value] of own) {
      if (!isUnderstood(name, value)) {
        throw this.#fail({ at: `${at}, ${name}`, expected: "what is understood", found: quote(value) });
      }
    }
    return own.size === 0 ? inherited : new Map([...inherited, ...own]);
  }

  /** The outer group holds the document's own scale, 1/2^downsample (reference §2.1); it comes once. */
  #readScale({ transform }: Attributes): void {
    const at = "the outer group, transform";
    if (this.#downsample !== undefined || this.#groups.length + this.#regions.length > 0) {
      throw this.#fail({ at: "the outer group", expected: "one", found: "another" });
    }
    const [a, b, c, d, e, f] = transform === undefined ? IDENTITY : this.#matrix(at, transform);
    const downsample = -Math.log2(a);
    const isScale = a === d && [b, c, e, f].every((value) => value === 0);
    if (!isScale || !Number.isInteger(downsample) || downsample < 0 || downsample > MAX_DOWNSAMPLE) {
      throw this.#fail({ at, expected: "a scale of 1, 0.5, 0.25 and so on", found: quote(transform) });
    }
    this.#downsample = downsample + 0; // Takes the sign off −0.
  }

  #addGroup(attributes: Attributes): void {
    const at = `group ${this.#groups.length + 1}`;
    if (this.#groups.length === 0 && this.#regions.length > 0) {
      throw this.#fail({ at, expected: "paths in groups, or none", found: "paths before it" });
    }
    const { graphic_group_label: label = "", transform } = attributes;
    this.#imageId ??= this.#idOrNone(at, attributes, "sub_image_id");
    this.#groups.push({
      id: this.#wholeNumber(at, attributes, "id"),
      order: this.#wholeNumber(at, attributes, "order"),
      label,
      labelId: this.#idOrNone(at, attributes, "graphic_group_label_id"),
      matrix: transform === undefined ? IDENTITY : this.#matrix(`${at}, transform`, transform),
      regions: [],
    });
  }

  #addRegion(attributes: Attributes, isInGroup: boolean, style: Style): void {
    const at = `path ${this.#regions.length + 1}`;
    const group = isInGroup ? this.#groups.at(-1) : undefined;
    if (group === undefined && this.#groups.length > 0) {
      throw this.#fail({ at, expected: "paths in groups, or none", found: "a path beside groups" });
    }
    const { d } = attributes;
    if (d === undefined) throw this.#fail({ at: `${at}, d`, expected: "path data", found: "nothing" });
    const region = new Region({
      id: this.#wholeNumber(at, attributes, "id"),
      structureId: this.#idOrNone(at, attributes, "structure_id"),
      groupId: group?.id ?? this.#idOrNone(at, attributes, "parent_id"),
      order: this.#wholeNumber(at, attributes, "order"),
      d,
      path: this.#path(at, d, group?.matrix ?? IDENTITY),
      style: printStyle(style),
      fill: paintOf(style, "fill"),
      stroke: paintOf(style, "stroke"),
      fillRule: style.get("fill-rule")?.toLowerCase() === "evenodd" ? "evenodd" : "nonzero",
    });
    group?.regions.push(region);
    this.#regions.push(region);
  }

  #path(at: string, d: string, matrix: Matrix): Path {
    try {
      const path = parsePath(d, matrix, MAX_SEGMENTS - this.#segments);
      const segments = path.subpaths.reduce((sum, { points }) => sum + (points.length - 2) / 6, 0);
      this.#segments += segments;
      this.#lookups += path.subpaths.length > 1 ? path.subpaths.length * segments : 0;
      if (this.#lookups <= MAX_LOOKUPS) return path;
      throw new PathFault(0, `fewer strokes: at most ${MAX_LOOKUPS} times segments in a drawing`);
    } catch (cause) {
      if (!(cause instanceof PathFault)) throw cause;
      const { offset, expected } = cause;
      const found = offset < d.length ? quote(d.slice(offset, offset + 20)) : "the end";
      throw this.#fail({ at: `${at}, d, character ${offset}`, expected, found });
    }
  }

  #matrix(at: string, text: string): Matrix {
    const matrix = parseMatrix(text);
    if (matrix !== undefined) return matrix;
    throw this.#fail({ at, expected: "scale, translate and matrix that keep areas", found: quote(text) });
  }

  #length(attributes: Attributes, name: string): number {
    const text = attributes[name];
    const value = /^\s*\d+(?:\.\d+)?(?:px)?\s*$/.test(text ?? "") ? Number.parseFloat(text ?? "") : 0;
    if (value > 0) return value;
    throw this.#fail({ at: `the root, ${name}`, expected: "a number of pixels above 0", found: quote(text) });
  }

  #idOrNone(at: string, attributes: Attributes, name: string): number | undefined {
    return (attributes[name] ?? "") === "" ? undefined : this.#wholeNumber(at, attributes, name);
  }

  #wholeNumber(at: string, attributes: Attributes, name: string): number {
    const text = attributes[name];
    const value = text !== undefined && /^-?\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(value)) return value;
    throw this.#fail({ at: `${at}, ${name}`, expected: "a whole number", found: quote(text) });
  }

  /** The element that was read last. */
  #place(): string {
    if (this.#regions.length > 0) return `path ${this.#regions.length}`;
    return this.#groups.length > 0 ? `group ${this.#groups.length}` : "the root";
  }
}

function quote(text: string | undefined): string {
  return text === undefined ? "nothing" : JSON.stringify(text.slice(0, SHOWN_CHARACTERS));
}
