import { isAtlasError } from "@brainatlas/sdk";

/** Whether a failure says that the server has not got what was asked for: asking again would give the same. */
export function isNotHeld(error: unknown): boolean {
  return isAtlasError(error, "ATLAS_NOT_MIRRORED") || (isAtlasError(error, "ATLAS_HTTP") && error.status === 404);
}
