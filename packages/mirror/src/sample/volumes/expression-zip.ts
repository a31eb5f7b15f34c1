import type { ExpressionVolume } from "@brainatlas/sdk/volume";
import { writeZip, type ZipFile } from "../../zip/write-zip.ts";
import type { IshExperiment } from "../records/experiment-table.ts";
import { expressionGrids } from "./expression-grid.ts";
import { EXPRESSION_GRID } from "./grid.ts";
import { writeMhd } from "./write-mhd.ts";
import { littleEndian } from "./write-nrrd.ts";

/**
 * The zip of an experiment's grids: the volumes that are asked for, or energy with what is said of the data set (reference §6.1).
 *
 * @param xml The record of the data set; for the default alone.
 */
export async function expressionZip(
  experiment: IshExperiment,
  include: readonly ExpressionVolume[],
  xml: string | undefined,
  modified: Date,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const grids = await expressionGrids(experiment, signal);
  const files: ZipFile[] = xml === undefined ? [] : [{ name: "data_set.xml", bytes: Buffer.from(xml) }];
  for (const volume of include.length === 0 ? (["energy"] as const) : include) {
    if (volume === "injection") continue;
    files.push({ name: `${volume}.raw`, bytes: littleEndian(grids[volume]) });
    files.push({ name: `${volume}.mhd`, bytes: Buffer.from(writeMhd(EXPRESSION_GRID, `${volume}.raw`)) });
  }
  return await writeZip(files, modified);
}
