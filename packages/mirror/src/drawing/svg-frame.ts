/** A part of a document: from `start` to before `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A group of a drawing, from its opening tag to its closing one. */
export interface GroupSpan extends Span {
  /** GraphicGroupLabel id; `undefined` if the document names none. */
  readonly labelId: number | undefined;
}

/** Where in a document the parts lie that say which drawing it is (reference §2.1). */
export interface SvgFrame {
  /** The opening tag of the document. */
  readonly root: Span;
  /** Where the content ends; `undefined` for a document of one empty tag. */
  readonly end: number | undefined;
  /** The opening tag of the outer group, which holds the scale; the form of old has none. */
  readonly outer: Span | undefined;
  /** How often the document halves the full resolution; `undefined` if its scale is no such. */
  readonly downsample: number | undefined;
  readonly groups: readonly GroupSpan[];
}

/** A remark, or a tag with its attributes, in which a `>` may stand. */
const MARKUP = /<!--(?:(?!-->)[\s\S])*-->|<(\/?)([A-Za-z_][\w.:-]*)((?:"[^"]*"|'[^']*'|[^"'<>])*)>/g;

/** Finds the frame of a drawing: the text alone is looked at, as the paths are none of its concern. */
export function findFrame(svg: string): SvgFrame | undefined {
  let root: Span | undefined;
  let outer: (Span & { readonly text: string }) | undefined;
  let end: number | undefined;
  const groups: GroupSpan[] = [];
  const open: { readonly name: string; readonly start: number; readonly group: string | undefined }[] = [];
  for (const { 0: tag, 1: slash, 2: name, 3: attributes = "", index: start } of svg.matchAll(MARKUP)) {
    if (name === undefined) continue;
    const after = start + tag.length;
    if (slash === "/") {
      const element = open.pop();
      if (element?.group !== undefined)
        groups.push({ start: element.start, end: after, labelId: labelOf(element.group) });
      if (open.length === 0) end = start;
      continue;
    }
    const isEmpty = attributes.endsWith("/");
    const isInOuter = open.length === 2 && outer !== undefined;
    const isOuter = name === "g" && open.length === 1 && attributeOf(attributes, "id") === undefined;
    const isGroup = name === "g" && !isOuter && (open.length === 1 || isInOuter);
    if (open.length === 0) {
      if (name !== "svg" || root !== undefined) return undefined;
      root = { start, end: after };
    }
    if (isOuter && outer === undefined) outer = { start, end: after, text: attributes };
    if (isGroup && isEmpty) groups.push({ start, end: after, labelId: labelOf(attributes) });
    if (!isEmpty) open.push({ name, start, group: isGroup ? attributes : undefined });
  }
  if (root === undefined || open.length > 0) return undefined;
  return { root, end, outer, downsample: outer === undefined ? 0 : downsampleOf(outer.text), groups };
}

/** The value of an attribute as it is written. */
export function attributeOf(attributes: string, name: string): string | undefined {
  const [, double, single] = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes) ?? [];
  return double ?? single;
}

function labelOf(attributes: string): number | undefined {
  const text = attributeOf(attributes, "graphic_group_label_id");
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function downsampleOf(attributes: string): number | undefined {
  const transform = attributeOf(attributes, "transform");
  const scale = transform === undefined ? "1" : /^\s*scale\(\s*([\d.eE+-]+)\s*\)\s*$/.exec(transform)?.[1];
  const downsample = -Math.log2(Number(scale));
  return Number.isInteger(downsample) ? downsample + 0 : undefined;
}
