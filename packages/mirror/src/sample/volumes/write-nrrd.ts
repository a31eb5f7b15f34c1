import { endianness } from "node:os";
import { createGzip } from "node:zlib";
import type { VoxelGrid } from "./grid.ts";
import { createTurns } from "./turns.ts";

/** Types of the volumes, as NRRD calls them. */
export type NrrdType = "unsigned char" | "unsigned short" | "unsigned int" | "float";

/** Values of a slab of one z. */
export type Slab = Uint8Array | Uint16Array | Uint32Array | Float32Array;

/** What stands above every volume of the sample. */
const NOTE = "brainatlas sample atlas: synthetic, computed from a model; not measured";
/** A fast setting: the volumes are of large even regions. */
const GZIP_LEVEL = 4;

/**
 * An NRRD file of a volume, slab by slab, packed with gzip as the archive's are; no more than a slab is held beside what is packed.
 *
 * The header has the fields of the recorded ones. The space that it names, left-posterior-superior, is what the service writes, and not how
 * the axes run.
 *
 * @param slabAt Gives the slab of a z, which is read before the next is asked for.
 * @param signal Ends the work between two slabs.
 */
export async function writeNrrdSlabs(
  grid: VoxelGrid,
  type: NrrdType,
  slabAt: (z: number) => Slab,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const gzip = createGzip({ level: GZIP_LEVEL });
  const packed: Buffer[] = [];
  gzip.on("data", (chunk: Buffer) => packed.push(chunk));
  const turn = createTurns(signal);
  try {
    for (let z = 0; z < grid.size[2]; z++) {
      await turn();
      const slab = slabAt(z);
      await new Promise<void>((resolve, reject) => {
        gzip.write(littleEndian(slab), (error) => (error ? reject(error) : resolve()));
      });
    }
    await new Promise<void>((resolve) => {
      gzip.once("end", resolve);
      gzip.end();
    });
  } finally {
    gzip.destroy();
  }
  return new Uint8Array(Buffer.concat([Buffer.from(headerOf(grid, type)), ...packed]));
}

function headerOf({ spacingUm: um, size }: VoxelGrid, type: NrrdType): string {
  const fields = [
    "NRRD0004",
    `# ${NOTE}`,
    `type: ${type}`,
    "dimension: 3",
    "space: left-posterior-superior",
    `sizes: ${size.join(" ")}`,
    `space directions: (${um},0,0) (0,${um},0) (0,0,${um})`,
    "kinds: domain domain domain",
    "endian: little",
    "encoding: gzip",
    "space origin: (0,0,0)",
  ];
  return `${fields.join("\n")}\n\n`;
}

/** The bytes of values, lowest first; a copy where the machine has them otherwise. */
export function littleEndian(values: Slab): Buffer {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  if (endianness() === "LE" || values.BYTES_PER_ELEMENT === 1) return bytes;
  return values.BYTES_PER_ELEMENT === 2 ? Buffer.from(bytes).swap16() : Buffer.from(bytes).swap32();
}
