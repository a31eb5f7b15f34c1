/** The outermost element of an SVG document. */
export interface SvgRoot {
  /** Width as the document has it, in its own units. */
  readonly width: number;
  readonly height: number;
  /** All that stands inside. */
  readonly content: string;
}

/**
 * What a drawing of the atlas never holds: it is made of groups and paths (reference §2.1). Refused, since a renderer would
 * act on it.
 */
const UNSAFE =
  /<!(?:DOCTYPE|ENTITY)|<(?:\w+:)?(?:script|foreignObject|image|use|style|iframe|animate\w*|set|a)\b|\son\w+\s*=|(?:xlink:)?href\s*=|url\s*\(|javascript:/i;

/**
 * Reads the frame of a drawing.
 *
 * @throws {Error} If the text is no SVG document with a size, or holds what a drawing does not: scripts, references,
 * entities, pictures.
 */
export function readSvgRoot(svg: string): SvgRoot {
  const unsafe = UNSAFE.exec(svg)?.[0];
  if (unsafe !== undefined) {
    throw new Error(
      `Cannot use the drawing: it holds ${JSON.stringify(unsafe.trim())}; give one of groups and paths alone`,
    );
  }
  const opening = /<svg\b[^>]*>/.exec(svg);
  const end = svg.lastIndexOf("</svg>");
  const width = attribute(opening?.[0], "width");
  const height = attribute(opening?.[0], "height");
  if (opening === null || end < opening.index || width === undefined || height === undefined) {
    throw new Error("Cannot use the drawing: it is no SVG document with a width and a height; give a whole one");
  }
  return { width, height, content: svg.slice(opening.index + opening[0].length, end) };
}

function attribute(tag: string | undefined, name: string): number | undefined {
  const text =
    tag === undefined ? undefined : new RegExp(`\\s${name}\\s*=\\s*["']\\s*([\\d.]+)(?:px)?\\s*["']`).exec(tag)?.[1];
  const value = Number(text);
  return Number.isFinite(value) && value > 0 && value < 1e7 ? value : undefined;
}
