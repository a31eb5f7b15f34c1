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

/** A tag as it stands in a document. */
export interface Tag extends Span {
  readonly isClosing: boolean;
  readonly name: string;
  /** All that stands behind the name; it ends in `/` where the tag is a whole element. */
  readonly attributes: string;
}

/**
 * Finds the frame of a drawing: the text alone is looked at, as the paths are none of its concern. Each part of it is looked at once.
 *
 * @returns `undefined` for what is no document of one `svg`.
 */
export function findFrame(svg: string): SvgFrame | undefined {
  let root: Span | undefined;
  let outer: (Span & { readonly text: string }) | undefined;
  let end: number | undefined;
  const groups: GroupSpan[] = [];
  const open: { readonly name: string; readonly start: number; readonly group: string | undefined }[] = [];
  for (const tag of tagsOf(svg)) {
    if (tag === undefined) return undefined;
    const { start, end: after, isClosing, name, attributes } = tag;
    if (isClosing) {
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

/** What holds no tags, by its beginning and its end; the order counts. */
const PASSED_OVER = [
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
  ["<?", "?>"],
  ["<!", ">"],
] as const;
const TAG_NAME = /\/?[A-Za-z_][\w.:-]*/y;
/** What a tag may end at, or where a value begins, in which a `>` may stand. */
const TAG_STOP = /["'<>]/g;

/** The tags of a document in order; after an `undefined`, where what begins does not end, nothing follows. */
export function* tagsOf(svg: string): Generator<Tag | undefined, void, undefined> {
  let end: number;
  for (let start = svg.indexOf("<"); start >= 0; start = svg.indexOf("<", end)) {
    const passed = PASSED_OVER.find(([opening]) => svg.startsWith(opening, start));
    end = passed === undefined ? tagEnd(svg, start) : endOf(svg, passed[1], start + passed[0].length);
    if (end < 0) return yield undefined;
    if (passed !== undefined) continue;
    TAG_NAME.lastIndex = start + 1;
    const [name] = TAG_NAME.exec(svg) ?? [];
    if (name === undefined) return yield undefined;
    const attributes = svg.slice(start + 1 + name.length, end - 1);
    const isClosing = name.startsWith("/");
    yield { start, end, isClosing, name: isClosing ? name.slice(1) : name, attributes };
  }
}

/** Where a tag ends: behind the `>` that stands in no value; −1 where it does not. */
function tagEnd(svg: string, start: number): number {
  TAG_STOP.lastIndex = start + 1;
  for (let stop = TAG_STOP.exec(svg); stop !== null && stop[0] !== "<"; stop = TAG_STOP.exec(svg)) {
    if (stop[0] === ">") return TAG_STOP.lastIndex;
    const close = endOf(svg, stop[0], TAG_STOP.lastIndex);
    if (close < 0) return -1;
    TAG_STOP.lastIndex = close;
  }
  return -1;
}

/** Where the next of a text ends; −1 where there is none. */
function endOf(svg: string, text: string, from: number): number {
  const at = svg.indexOf(text, from);
  return at < 0 ? -1 : at + text.length;
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
