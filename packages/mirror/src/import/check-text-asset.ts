import { readFile } from "node:fs/promises";
import { parseObj } from "@brainatlas/sdk/mesh";
import { parseSwc } from "@brainatlas/sdk/morphology";
import { type AssetSource, importError } from "./source.ts";

/** Longest file that is read whole to be checked: as much as a text can hold, and more than any mesh has. */
export const MAX_CHECKED_BYTES: number = 512 * 1024 * 1024 - 1024;

/** Checks that a file is a mesh with a surface. */
export async function checkMesh(source: AssetSource): Promise<void> {
  const { triangles } = await read(source, parseObj);
  if (triangles.length === 0) throw importError(source, "it is no mesh: it has no face; give an OBJ file");
}

/** Checks that a file is a neuron. */
export async function checkNeuron(source: AssetSource): Promise<void> {
  await read(source, parseSwc);
}

async function read<T>(source: AssetSource, parse: (text: string) => T): Promise<T> {
  if (source.sizeBytes > MAX_CHECKED_BYTES) {
    throw importError(source, `it has ${source.sizeBytes} bytes; give one of at most ${MAX_CHECKED_BYTES}`);
  }
  const text = await readFile(source.path, "utf8");
  try {
    return parse(text);
  } catch (cause) {
    throw importError(source, cause instanceof Error ? cause.message : String(cause), cause);
  }
}
