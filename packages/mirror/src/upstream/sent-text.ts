import { printExpressionGridPath } from "@brainatlas/sdk/volume";
import { type AssetKind, parseExpressionGridName } from "../store/asset.ts";

/** Marks that clients of the service send as they are (reference §3.1). */
const PLAIN_MARKS = /%(?:24|2C|2F|3A)/g;

/**
 * The path and query that are sent for a key, and no other: were it the client's own text, a server that reads that otherwise would have its
 * answer kept under a key of another question. `undefined` for bytes that are no UTF-8, of which many make one key.
 *
 * @param key As `canonicalTarget()` gives it.
 * @example textOfKey("/api/v2/x?a=b+c%3B%2F") // → "/api/v2/x?a=b%20c%3B/"
 */
export function textOfKey(key: string): string | undefined {
  const at = key.indexOf("?");
  if (at < 0) return key;
  const parameters = [...new URLSearchParams(key.slice(at + 1))];
  if (parameters.flat().some((text) => text.includes("\uFFFD"))) return undefined;
  return `${key.slice(0, at)}?${parameters.map((parameter) => parameter.map(encode).join("=")).join("&")}`;
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(PLAIN_MARKS, decodeURIComponent);
}

/**
 * The path and query that are sent for a file: what its name says and nothing else, so that no other comes to be held under it.
 *
 * @param pathname As the client gave it: that of the archive has one name only.
 * @example textOfAsset({ kind: "grid", name: "7-energy.zip" }, "/grid_data/download/7") // → "/grid_data/download/7?include=energy"
 */
export function textOfAsset(
  { kind, name }: { readonly kind: AssetKind; readonly name: string },
  pathname: string,
): string {
  if (kind === "file") return `/api/v2/well_known_file_download/${name}`;
  if (kind === "archive") return pathname;
  const expression = parseExpressionGridName(name);
  if (expression !== undefined) return printExpressionGridPath(expression.dataSetId, expression.include);
  return name.replace(/^(\d+)\/(\w+)_(\d+)\.nrrd$/, "/grid_data/download_file/$1?image=$2&resolution=$3");
}
