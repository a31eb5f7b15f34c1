import { tierSize } from "@brainatlas/sdk/image";
import { attributeOf, findFrame, type SvgFrame } from "./svg-frame.ts";

/** What of a drawing is wanted, and how large. */
export interface SvgShape {
  /** GraphicGroupLabel ids; all groups, if none are given. */
  readonly groups: readonly number[] | undefined;
  /** How often the document is to halve the full resolution. */
  readonly downsample: number;
  /** Size of the section's box at full resolution, in pixels. */
  readonly width: number;
  readonly height: number;
}

/** What came of it: the text, or why there is none. */
export type Reshaped = { readonly svg: string } | { readonly reason: string };

/**
 * The document of a drawing with some of its groups, at a tier: the root's size and the outer scale are replaced and groups are cut
 * out, and all else stays as it is written. The very text comes back if nothing is to be changed.
 */
export function reshapeSvg(svg: string, shape: SvgShape): Reshaped {
  const frame = findFrame(svg);
  if (frame === undefined || frame.downsample === undefined)
    return { reason: "in a form of its own, which cannot be scaled" };
  const { groups } = shape;
  const isLoose = groups !== undefined && frame.groups.length === 0 && /<path\b/.test(svg);
  if (isLoose) return { reason: "without groups, of which some cannot be told" };
  const cut = groups === undefined ? svg : withGroups(svg, frame, groups);
  if (frame.downsample === shape.downsample) return { svg: cut };
  // Cutting moves nothing that lies before the first group.
  return withScale(cut, frame, shape);
}

/** GraphicGroupLabel ids of a document's groups. */
export function labelsOf(svg: string): number[] {
  return findFrame(svg)?.groups.flatMap(({ labelId }) => labelId ?? []) ?? [];
}

function withGroups(svg: string, { groups }: SvgFrame, wanted: readonly number[]): string {
  let kept = "";
  let from = 0;
  for (const { start, end, labelId } of groups) {
    if (labelId !== undefined && wanted.includes(labelId)) continue;
    // With the line that it begins.
    kept += svg.slice(from, svg.charAt(start - 1) === "\n" ? start - 1 : start);
    from = end;
  }
  return from === 0 ? svg : kept + svg.slice(from);
}

function withScale(svg: string, { root, outer, end }: SvgFrame, shape: SvgShape): Reshaped {
  const opening = svg.slice(root.start, root.end);
  const hasSize = ["width", "height"].every((name) => attributeOf(opening, name) !== undefined);
  if (!hasSize || attributeOf(opening, "viewBox") !== undefined) {
    return { reason: "with a frame of its own, which cannot be scaled" };
  }
  const resized = withAttribute(
    withAttribute(opening, "width", String(tierSize(shape.width, shape.downsample))),
    "height",
    String(tierSize(shape.height, shape.downsample)),
  );
  const scale = `scale(${shape.downsample === 0 ? "1.0" : String(2 ** -shape.downsample)})`;
  const before = svg.slice(0, root.start) + resized;
  if (end === undefined) return { svg: before + svg.slice(root.end) };
  if (outer === undefined) {
    const close = svg.lastIndexOf("</svg");
    return { svg: `${before}<g transform="${scale}">${svg.slice(root.end, close)}</g>${svg.slice(close)}` };
  }
  const group = withAttribute(svg.slice(outer.start, outer.end), "transform", scale);
  return { svg: before + svg.slice(root.end, outer.start) + group + svg.slice(outer.end) };
}

/** A tag with an attribute, in the place of the one that it has. */
function withAttribute(tag: string, name: string, value: string): string {
  const pattern = new RegExp(`(\\s)${name}\\s*=\\s*(?:"[^"]*"|'[^']*')`);
  if (pattern.test(tag)) return tag.replace(pattern, `$1${name}="${value}"`);
  return tag.replace(/^<[\w.-]+/, `$& ${name}="${value}"`);
}
