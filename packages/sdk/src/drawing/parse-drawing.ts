import { DecodeError } from "../errors.ts";
import { type XmlEvent, xmlEvents } from "../xml/xml-events.ts";
import { XmlSyntaxError } from "../xml/xml-syntax-error.ts";
import { Drawing } from "./drawing.ts";
import { type DrawingFault, DrawingReader } from "./drawing-reader.ts";

/** Longest document that is read, in characters: some seventy times the largest recorded one. */
const MAX_CHARACTERS = 32 * 2 ** 20;
/** Most elements in each other; the service's documents have 4. */
const MAX_DEPTH = 16;

/**
 * Reads a drawing as the services `svg` and `svg_download` give it (reference §2.1), in any order of attributes, with or without groups
 * and an XML prolog. The paths come out in full-resolution pixels of the section's box, whatever the document's own scale.
 *
 * Understood are groups, filled and stroked paths of lines and curves, and transforms of groups. Whatever else would change the
 * picture is refused, never left out: arcs, other shapes, style sheets, transforms of paths, clips, all that hides or thins out.
 * Attributes with a `_` or a prefix are the service's and editors', and are passed over.
 *
 * @param url Where the document came from, for errors.
 * @throws {DecodeError} If the text is no such document, or is larger or deeper than any is; `at` says where.
 * @example parseDrawing('<svg width="9" height="9"><path id="1" order="0" structure_id="8" d="M0,0h9v9z"/></svg>').structureAt(6, 3) // → 8
 */
export function parseDrawing(svg: string, url?: string): Drawing {
  if (svg.length > MAX_CHARACTERS) {
    const found = `${svg.length} characters`;
    throw fault({ at: "the document", expected: `at most ${MAX_CHARACTERS} characters`, found }, url);
  }
  const reader = new DrawingReader((details) => fault(details, url));
  for (const event of drawingEvents(svg, url)) reader.read(event);
  return new Drawing(reader.facts());
}

function* drawingEvents(svg: string, url: string | undefined): Generator<XmlEvent, void, undefined> {
  try {
    yield* xmlEvents(svg, { maxDepth: MAX_DEPTH });
  } catch (cause) {
    if (!(cause instanceof XmlSyntaxError)) throw cause;
    const { offset, expected, found } = cause;
    throw fault({ at: `character ${offset}`, expected, found: JSON.stringify(found) }, url, cause);
  }
}

function fault(details: DrawingFault, url: string | undefined, cause?: unknown): DecodeError {
  return new DecodeError("the drawing", { ...details, url }, cause === undefined ? undefined : { cause });
}
