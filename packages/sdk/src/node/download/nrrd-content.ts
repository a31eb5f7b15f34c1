import { isAtlasError } from "../../errors.ts";
import { type NrrdHeader, parseNrrdHeader } from "../../volume/nrrd-header.ts";
import { findHeaderEnd, MAX_HEADER_BYTES } from "../../volume/nrrd-lines.ts";
import { bytesOf } from "../../volume/voxels.ts";
import { inflate } from "../platform.ts";
import { type Content, readBlocks } from "./content.ts";
import { type ContentFault, faultOf } from "./content-fault.ts";

/**
 * Says why a file does not hold the voxels that its header promises: raw ones are counted, compressed ones unpacked and counted, none of them kept.
 *
 * Of what the volume reader does not read, such as other numbers of axes or voxels in a file of their own, the header alone is looked at.
 */
export async function checkNrrd(content: Content): Promise<ContentFault | undefined> {
  const head = await content.read(0, MAX_HEADER_BYTES + 1);
  let header: NrrdHeader;
  try {
    header = parseNrrdHeader(head);
  } catch (error) {
    if (isAtlasError(error, "ATLAS_UNSUPPORTED")) return undefined;
    if (!isAtlasError(error, "ATLAS_DECODE")) throw error;
    return faultOf(error.at, error.expected, foundOf(error.message));
  }
  if (header.dataFile !== undefined || findHeaderEnd(head) === undefined || header.encoding === "text")
    return undefined;
  const { size, type, byteSkip, lineSkip } = header;
  // As bigints, since a product of numbers may be rounded to one that fits.
  const voxelBytes = size.reduce((product, extent) => product * BigInt(extent), BigInt(bytesOf(type)));
  const promised = voxelBytes + BigInt(Math.max(0, byteSkip));
  const isAtLeast = byteSkip < 0 || lineSkip > 0;
  if (header.encoding === "raw")
    return countFault(header, BigInt(content.sizeBytes - header.dataOffset), promised, isAtLeast);
  return lineSkip > 0 ? undefined : await checkInflated(content, header, promised);
}

/** What an error found, of its message. */
function foundOf(message: string): string {
  return / holds (.*); expected /.exec(message)?.[1] ?? "what is none";
}

function countFault(
  { dataOffset }: NrrdHeader,
  found: bigint,
  promised: bigint,
  isAtLeast: boolean,
): ContentFault | undefined {
  if (found === promised || (isAtLeast && found > promised)) return undefined;
  return faultOf(dataOffset, `${promised} bytes of voxels, as the header promises`, String(found));
}

async function checkInflated(
  content: Content,
  header: NrrdHeader,
  promised: bigint,
): Promise<ContentFault | undefined> {
  let found = 0n;
  try {
    await inflate("gzip", readBlocks(content, header.dataOffset), (chunk) => {
      found += BigInt(chunk.length);
      if (found > promised) throw new RangeError("there are more");
    });
  } catch (error) {
    if (found > promised)
      return faultOf(header.dataOffset, `${promised} bytes of voxels, as the header promises`, "more");
    const words = error instanceof Error ? error.message : String(error);
    return faultOf(header.dataOffset, "a gzip stream", `what is none, or not all of one (${words})`);
  }
  return countFault(header, found, promised, false);
}
