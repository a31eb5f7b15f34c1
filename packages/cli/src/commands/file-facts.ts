import { readFile } from "node:fs/promises";
import type { MorphologyMeasures } from "@brainatlas/sdk/morphology";
import { type ApiKind, creditOf } from "../api.ts";
import { printable } from "../output/notes.ts";
import { printBytes, printNumber } from "../output/quantities.ts";
import { printFacts } from "../output/table.ts";
import type { Download } from "./file-download.ts";

/** The measures of a reconstruction that was saved. */
export type Measures = MorphologyMeasures;

/**
 * Measures the neuron in a saved file.
 *
 * @throws {Error} If it is none, or cannot be read.
 */
export async function measureNeuron({ file }: Pick<Download, "file">): Promise<Measures | undefined> {
  if (file === null) return undefined;
  const { parseSwc } = await import("@brainatlas/sdk/morphology");
  return parseSwc(await readFile(file, "utf8")).measures();
}

/** Facts about a file, and last its path, for those who take the last line. */
export function printDownload(kind: ApiKind, download: Download, measures: Measures | undefined): string {
  const { id, file, sizeBytes, url, mediaType, headers } = download;
  const source = headers.get("x-brainatlas-source");
  const facts = printFacts(`File ${id}`, [
    ["size", printBytes(sizeBytes)],
    ["type", mediaType === "" ? undefined : mediaType],
    ...(measures === undefined ? [] : measureFacts(measures)),
    ["source", source === null ? undefined : `mirror, ${source}`],
    ["url", url],
    ["credit", creditOf(kind, { headers })],
  ]);
  return file === null ? facts : `${facts}${printable(file)}\n`;
}

function measureFacts(measures: Measures): [string, string][] {
  return [
    ["nodes", printNumber(measures.nodes)],
    ["stems", printNumber(measures.stems)],
    ["branches", printNumber(measures.branches)],
    ["forks", printNumber(measures.bifurcations)],
    ["tips", printNumber(measures.tips)],
    ["length", `${printNumber(Math.round(measures.totalLengthUm))} µm`],
    ["reach", `${printNumber(Math.round(measures.maxEuclideanUm))} µm`],
  ];
}
