import { createFilter8, type PixelFilters } from "../pixels/filters.ts";
import type { Pieces } from "./gather.ts";

/** Bands of RGB after the filters; without any as they are. */
export async function* filtered(bands: Pieces, filters: PixelFilters | undefined): AsyncGenerator<Uint8Array> {
  if (filters === undefined) return yield* bands;
  const filter = createFilter8(filters);
  for await (const band of bands) yield filter(band);
}
