/** Red, green and blue, each 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/**
 * Parts of a colour of six hexadecimal digits, with or without `#`; `undefined` when the text is none.
 *
 * @example parseColor("#B0F0FF") // → [176, 240, 255]
 */
export function parseColor(text: string): Rgb | undefined {
  if (!/^#?[0-9a-f]{6}$/i.test(text)) return undefined;
  const value = Number.parseInt(text.slice(-6), 16);
  return [value >> 16, (value >> 8) & 0xff, value & 0xff];
}

/**
 * Text of a colour, as the API spells it.
 *
 * @example printColor([176, 240, 255]) // → "B0F0FF"
 */
export function printColor(rgb: Rgb): string {
  return rgb.map((part) => part.toString(16).padStart(2, "0").toUpperCase()).join("");
}

/** Colours of a label volume, whose voxels hold ids of structures. */
export interface ColorTable {
  /** Ids that have a colour, in graph order. */
  readonly ids: readonly number[];
  /** Red, green and blue of the ids, three bytes each, ready to be a texture of one row. */
  readonly rgb: Uint8Array;
  /** Row of an id in `ids`, 0-based: its bytes begin at three times that. */
  readonly rowOf: ReadonlyMap<number, number>;
}

/**
 * Colours of structures as one table. Structures without a colour are left out; 0, the label of nothing, has none unless a
 * structure has the id.
 *
 * Ids run past 600 million, so a table with a row for every number up to the largest is out of the question.
 *
 * @example colorTable([{ id: 567, color_hex_triplet: "B0F0FF" }]).rgb // → new Uint8Array([176, 240, 255])
 */
export function colorTable(
  structures: Iterable<{ readonly id: number; readonly color_hex_triplet: string | null }>,
): ColorTable {
  const ids: number[] = [];
  const bytes: number[] = [];
  const rowOf = new Map<number, number>();
  for (const { id, color_hex_triplet } of structures) {
    const rgb = parseColor(color_hex_triplet ?? "");
    if (rgb === undefined) continue;
    rowOf.set(id, ids.length);
    ids.push(id);
    bytes.push(...rgb);
  }
  return { ids, rgb: Uint8Array.from(bytes), rowOf };
}
