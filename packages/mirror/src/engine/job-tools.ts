import { createJpegCodec } from "../jpeg/create-jpeg-codec.ts";
import { createPyramidCache } from "../tiff/open-pyramid.ts";
import { createScratch } from "./scratch.ts";
import type { JobTools } from "./start-job.ts";

/** Files that a thread holds open. */
const MAX_OPEN_FILES = 64;

/** What one thread works with. */
export function createTools(): JobTools {
  return { codec: createJpegCodec(), pyramids: createPyramidCache(MAX_OPEN_FILES), scratch: createScratch() };
}
