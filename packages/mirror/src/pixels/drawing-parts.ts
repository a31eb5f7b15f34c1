import { DecodeError } from "@brainatlas/sdk";
import { type Box, type Drawing, type Matrix, parseDrawing, type Region } from "@brainatlas/sdk/drawing";
import { attributeOf, type Span, tagsOf } from "../drawing/svg-frame.ts";
import { drawingFault, readSvgRoot } from "./svg-root.ts";

/** A part of a drawing's markup, as it is written. */
export interface DrawingPart {
  readonly markup: string;
  /**
   * What it may paint, strokes included, in units of the document. `undefined` for what holds the paths together, and for what is not
   * understood: it goes into every picture.
   */
  readonly reach: Box | undefined;
}

/** A drawing, taken apart so that only what meets a picture need be drawn. */
export interface DrawingParts {
  /** Width as the document has it, in its own units. */
  readonly width: number;
  /** In the order in which they are painted; they make up the document. */
  readonly parts: readonly DrawingPart[];
  /** Whether nothing is painted but by the parts with a reach. */
  readonly isReachKnown: boolean;
  /** About how much memory they take. */
  readonly sizeBytes: number;
}

/** Longest document that is read, in characters: some seventy times the largest recorded one. */
const MAX_CHARACTERS = 32 * 2 ** 20;
/** Most tags of a document; the largest recorded one has some 250. */
const MAX_TAGS = 10_000;
/** Most elements in each other; the service's documents have 4. A renderer's stack is finite. */
const MAX_DEPTH = 64;
/**
 * Most segments of a path, and of all: each nine times what the largest recorded one has. A renderer looks at every one of a row for that
 * row, and cannot be stopped: the time grows with their square where they cross.
 */
const MAX_SEGMENTS = { path: 10_000, drawing: 100_000 } as const;
/** What a document that is not understood may hold at most, as it is not known what it makes a renderer do. */
const MAX_ODD = { characters: 128 * 2 ** 10, tags: 2000, textCharacters: 2000 } as const;
/** Memory that a part takes beside its text. */
const PART_BYTES = 200;

/**
 * Takes a drawing apart: each path by itself, with the box of what it paints, and the markup around it. A document that the SDK does not
 * read as a drawing is one part, which is drawn as a whole.
 *
 * @throws {DecodeError} If the text is no SVG document with a size, holds what a drawing does not, or is larger or deeper than any is.
 * @example readDrawingParts('<svg width="9" height="9"><path id="1" order="0" d="M0,0h9v9z"/></svg>').parts.length // → 3
 */
export function readDrawingParts(svg: string): DrawingParts {
  if (svg.length > MAX_CHARACTERS) {
    throw drawingFault("the document", `at most ${MAX_CHARACTERS} characters`, `${svg.length}`);
  }
  const { width, attributes, start, end } = readSvgRoot(svg);
  const outline = findOutline(svg);
  const drawing = parseOrNone(svg);
  if (drawing === undefined) checkOdd(svg, outline);
  else checkSegments(drawing);
  const { paths } = outline;
  const reaches = drawing?.regions.length === paths.length ? reachesOf(drawing) : undefined;
  const isReachKnown = reaches?.every((reach) => reach !== undefined) ?? false;
  const parts: DrawingPart[] = [];
  // The root is kept, within that of a picture: its style and prefixes hold, and its size, which percentages are taken of.
  const overflow = attributeOf(attributes, "overflow") === undefined ? ' overflow="visible"' : "";
  let between = `<svg${attributes}${overflow}>`;
  let from = start;
  for (const [index, path] of paths.entries()) {
    const reach = reaches?.[index];
    if (reach === undefined) continue;
    parts.push({ markup: between + svg.slice(from, path.start), reach: undefined });
    parts.push({ markup: svg.slice(path.start, path.end), reach });
    between = "";
    from = path.end;
  }
  parts.push({ markup: `${between}${svg.slice(from, end)}</svg>`, reach: undefined });
  return { width, parts, isReachKnown, sizeBytes: 2 * svg.length + PART_BYTES * parts.length };
}

/** What a document is made of, as far as its tags tell. */
interface Outline {
  /** Where the paths lie. */
  readonly paths: readonly Span[];
  readonly tags: number;
  /** Characters that stand between tags. */
  readonly textCharacters: number;
}

function findOutline(svg: string): Outline {
  const paths: Span[] = [];
  let [tags, depth, textCharacters, last] = [0, 0, 0, 0];
  let opened: number | undefined;
  for (const tag of tagsOf(svg)) {
    if (tag === undefined) break;
    const { name, start, end, isClosing } = tag;
    const isWhole = tag.attributes.endsWith("/");
    tags += 1;
    textCharacters += svg.slice(last, start).trim().length;
    last = end;
    if (isClosing) depth -= 1;
    else if (!isWhole) depth += 1;
    if (tags > MAX_TAGS) throw drawingFault("the document", `at most ${MAX_TAGS} tags`, "more");
    if (depth > MAX_DEPTH)
      throw drawingFault(`character ${start}`, `at most ${MAX_DEPTH} elements in each other`, "more");
    if (name !== "path") continue;
    if (isWhole) paths.push({ start, end });
    else if (!isClosing) opened = start;
    else if (opened !== undefined) paths.push({ start: opened, end });
  }
  return { paths, tags, textCharacters };
}

function checkOdd(svg: string, { tags, textCharacters }: Outline): void {
  const found = { characters: svg.length, tags, textCharacters };
  const isSmall = (["characters", "tags", "textCharacters"] as const).every((name) => found[name] <= MAX_ODD[name]);
  if (isSmall) return;
  const { characters, tags: maxTags, textCharacters: maxText } = MAX_ODD;
  throw drawingFault(
    "the document",
    `groups and paths, or at most ${characters} characters, ${maxTags} tags and ${maxText} characters of text`,
    `what is not understood, in ${svg.length} characters, ${tags} tags and ${textCharacters} characters of text`,
  );
}

function checkSegments({ regions }: Drawing): void {
  let total = 0;
  for (const [index, { path }] of regions.entries()) {
    const count = path.subpaths.reduce((sum, { points }) => sum + (points.length - 2) / 6, 0);
    total += count;
    if (count > MAX_SEGMENTS.path) {
      throw drawingFault(`path ${index + 1}`, `at most ${MAX_SEGMENTS.path} segments`, `${count}`);
    }
  }
  if (total > MAX_SEGMENTS.drawing) {
    throw drawingFault("the document", `at most ${MAX_SEGMENTS.drawing} segments`, `${total}`);
  }
}

/** What each path may paint. */
function reachesOf({ groups, regions, downsample = 0 }: Drawing): (Box | undefined)[] {
  const matrices = new Map(groups.flatMap((group) => group.regions.map((region) => [region, group.matrix])));
  return regions.map((region) => reachOf(region, matrices.get(region), 2 ** -downsample));
}

function parseOrNone(svg: string): Drawing | undefined {
  try {
    return parseDrawing(svg);
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

/** @param scale Units of the document a full-resolution pixel. */
function reachOf({ box, stroke, style }: Region, matrix: Matrix | undefined, scale: number): Box | undefined {
  const width = stroke === undefined ? 0 : strokeWidthOf(style) * factorOf(matrix);
  if (box === undefined || !Number.isFinite(width)) return undefined;
  return {
    left: (box.left - width) * scale,
    top: (box.top - width) * scale,
    right: (box.right + width) * scale,
    bottom: (box.bottom + width) * scale,
  };
}

/** How far from its border a stroke may paint at most, in the path's own units; NaN where that is not understood. */
function strokeWidthOf(style: string): number {
  const [width, limit] = [numberOf(style, "stroke-width", 1), numberOf(style, "stroke-miterlimit", 4)];
  // A corner juts out by so many halves of the width, and a square end by its diagonal.
  return (width / 2) * Math.max(limit, Math.SQRT2);
}

function numberOf(style: string, name: string, initial: number): number {
  const text = new RegExp(`(?:^|;)${name}:([^;]*)`, "i").exec(style)?.[1];
  if (text === undefined) return initial;
  return /^[\d.]{1,20}(?:px)?$/.test(text) ? Number.parseFloat(text) : Number.NaN;
}

/** By how much a map lengthens at most. */
function factorOf(matrix: Matrix | undefined): number {
  if (matrix === undefined) return 1;
  const [a, b, c, d] = matrix;
  return Math.hypot(a, b, c, d);
}
