import { DecodeError } from "@brainatlas/sdk";
import { attributeOf, findFrame } from "../drawing/svg-frame.ts";

/** The outermost element of an SVG document. */
export interface SvgRoot {
  /** Width as the document has it, in its own units. */
  readonly width: number;
  readonly height: number;
  /** What stands in its opening tag behind the name. */
  readonly attributes: string;
  /** Where in the text the content begins, and before which character it ends. */
  readonly start: number;
  readonly end: number;
  /** All that stands inside. */
  readonly content: string;
}

/**
 * What a drawing of the atlas never holds: it is made of groups and paths (reference §2.1). Refused, since a renderer would
 * act on it.
 */
const UNSAFE =
  /<!(?:DOCTYPE|ENTITY)|<(?:\w+:)?(?:script|foreignObject|image|use|style|iframe|animate\w*|set|a)\b|\son\w+\s*=|(?:xlink:)?href\s*=|url\s*\(|\bfilter\s*[:=]|javascript:/i;

/**
 * Reads the frame of a drawing.
 *
 * @throws {DecodeError} If the text is no SVG document with a size, or holds what a drawing does not: scripts, references,
 * entities, pictures.
 */
export function readSvgRoot(svg: string): SvgRoot {
  const unsafe = UNSAFE.exec(svg);
  if (unsafe !== null) {
    throw drawingFault(`character ${unsafe.index}`, "groups and paths alone", JSON.stringify(unsafe[0].trim()));
  }
  const frame = findFrame(svg);
  if (frame === undefined)
    throw drawingFault("the document", "one svg element, with all of its tags closed", "another");
  const { root, end = root.end } = frame;
  const attributes = svg.slice(root.start + "<svg".length, root.end - 1).replace(/\/$/, "");
  const [width, height] = [readLength("width", attributes), readLength("height", attributes)];
  return { width, height, attributes, start: root.end, end, content: svg.slice(root.end, end) };
}

/** The error that a drawing is not what one is. */
export function drawingFault(at: string, expected: string, found: string, cause?: unknown): DecodeError {
  return new DecodeError("the drawing", { at, expected, found }, cause === undefined ? undefined : { cause });
}

function readLength(name: string, attributes: string): number {
  const text = attributeOf(attributes, name);
  const value = Number(/^\s*([\d.]{1,20})(?:px)?\s*$/.exec(text ?? "")?.[1]);
  if (value > 0 && value < 1e7) return value;
  const found = text === undefined ? "nothing" : JSON.stringify(text.slice(0, 40));
  throw drawingFault(`the root, ${name}`, "a number of pixels above 0", found);
}
