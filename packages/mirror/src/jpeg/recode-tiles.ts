import { type BandWriter, tileTables, type WriterTables, writerTables } from "./band-writer.ts";
import type { JpegCodec, TilePlan } from "./jpeg-codec.ts";
import type { PixelInstance } from "./pixel-instance.ts";
import { BAND_ROWS, type PlaneBand, planeBands } from "./plane-bands.ts";
import type { TileSlots } from "./tile-slots.ts";

/** Makes `JpegCodec.recode`. */
export function createRecode(
  pixels: PixelInstance,
  slots: TileSlots,
  begin: (width: number, height: number, tables: WriterTables) => BandWriter,
): JpegCodec["recode"] {
  return function* recode(plan, rows, quality) {
    const tables = slots.useTables(plan.tables);
    const given = quality === undefined ? undefined : writerTables(quality);
    let writer: BandWriter | undefined;
    for (const band of planeBands(pixels, slots, plan, rows)) {
      writer ??= begin(plan.width, plan.height, given ?? tileTables(band.tile.frame, tables));
      fillSquares(pixels, plan, band);
      yield* writer.write(pixels.cut, band, band.rows);
    }
    if (writer !== undefined) yield writer.end();
  };
}

/** Makes whole squares of what was cut out: means of the colour where it is off by half a sample, and the edges repeated. */
function fillSquares({ run, cut }: PixelInstance, { left, top, width }: TilePlan, band: PlaneBand): void {
  const { padded, stride, colourStride, rows, colourRows, colourWidth } = band;
  run.padRows(cut.luma, stride, width, padded, rows);
  run.padColumns(cut.luma, stride, rows, BAND_ROWS);
  const [across, down] = [left % 2, top % 2];
  const [halfWidth, halfRows] = [padded / 2, BAND_ROWS / 2];
  for (const plane of [cut.blue, cut.red]) {
    run.padRows(plane, colourStride, colourWidth, Math.max(colourWidth, halfWidth + across), colourRows);
    run.padColumns(plane, colourStride, colourRows, halfRows + down);
    if (across === 1 && down === 1) run.averageSquares(plane, colourStride, halfWidth, halfRows);
    else if (across === 1) run.averageAcross(plane, colourStride, halfWidth, halfRows);
    else if (down === 1) run.averageDown(plane, colourStride, halfWidth, halfRows);
  }
}
