import type { JpegFrame } from "./read-frame.ts";
import { MARKER } from "./read-segments.ts";
import type { HuffmanTable, JpegTables } from "./read-tables.ts";

/** SOI, and a JFIF header without a density: libraries take the three components for what JFIF says, YCbCr. */
export const JFIF_HEAD: readonly number[] = [
  0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0,
];

/**
 * Writes all of a JPEG that comes before its coded bytes.
 *
 * @param frame Size of the picture in pixels, 1 to 65,535, and its components.
 */
export function writeJpegHeaders(
  { width, height, components }: Pick<JpegFrame, "width" | "height" | "components">,
  { quantisation, dc, ac }: JpegTables,
): Uint8Array {
  const bytes = [...JFIF_HEAD];
  const put = (marker: number, content: readonly number[]) => {
    const length = content.length + 2;
    bytes.push(0xff, marker, length >> 8, length & 255, ...content);
  };
  for (const [number, steps] of quantisation.entries()) {
    if (steps !== undefined) put(MARKER.DQT, [number, ...steps]);
  }
  const listed = components.flatMap(({ id, quantisation }) => [id, id === 1 ? 0x22 : 0x11, quantisation]);
  put(MARKER.SOF0, [8, height >> 8, height & 255, width >> 8, width & 255, 3, ...listed]);
  const putTables = (tableClass: number, tables: readonly (HuffmanTable | undefined)[]) => {
    for (const [number, table] of tables.entries()) {
      if (table !== undefined) put(MARKER.DHT, [tableClass | number, ...table.counts, ...table.symbols]);
    }
  };
  putTables(0, dc);
  putTables(0x10, ac);
  put(MARKER.SOS, [3, ...components.flatMap(({ id, dc, ac }) => [id, (dc << 4) | ac]), 0, 63, 0]);
  return Uint8Array.from(bytes);
}
