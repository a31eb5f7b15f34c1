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

/** Whose fault it is that an API gave nothing: it was not reached, it is out of order or busy, or it is no such API. */
export function failureKind(error: unknown): "unreachable" | "disordered" | "foreign" {
  if (isAtlasError(error, "ATLAS_CONNECTION", "ATLAS_TIMEOUT")) return "unreachable";
  const isDisordered = isAtlasError(error, "ATLAS_HTTP") && (error.status >= 500 || error.status === 429);
  return isDisordered ? "disordered" : "foreign";
}

/** What went wrong, where it stands alone and begins with a capital. */
export function errorSentence(error: unknown): string {
  const words = errorWords(error);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "the server";
}

function shortened(text: string): string {
  return text.length > MAX_WORDS ? `${text.slice(0, MAX_WORDS)}…` : text;
}
