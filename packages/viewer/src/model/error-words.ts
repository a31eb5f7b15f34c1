import { isAtlasError } from "@brainatlas/sdk";

/** Longest text of a server that is shown. */
const MAX_WORDS = 160;

/** What went wrong, in words that have room on a page: without the address, which may be most of a message. */
export function errorWords(error: unknown): string {
  if (isAtlasError(error, "ATLAS_CONNECTION")) return `no answer came from ${hostOf(error.url)}`;
  if (isAtlasError(error, "ATLAS_TIMEOUT")) return `${hostOf(error.url)} did not answer in time`;
  if (isAtlasError(error, "ATLAS_NOT_MIRRORED")) return "the mirror does not hold it";
  if (isAtlasError(error, "ATLAS_HTTP")) return `the server answered with status ${error.status}`;
  if (isAtlasError(error, "ATLAS_API")) return `the server refused it: ${shortened(error.serverMessage)}`;
  if (isAtlasError(error, "ATLAS_DECODE")) return "the answer could not be read";
  return shortened(error instanceof Error ? error.message : String(error));
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "the server";
}

function shortened(text: string): string {
  return text.length > MAX_WORDS ? `${text.slice(0, MAX_WORDS)}…` : text;
}
