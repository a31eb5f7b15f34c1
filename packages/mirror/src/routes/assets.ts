import { parseArchivePath } from "@brainatlas/sdk/volume";
import { readRequest } from "../failures.ts";
import { type AssetKind, assetOfPath } from "../store/asset.ts";
import type { AtlasStore } from "../store/atlas-store.ts";
import { answerAsset } from "./asset-answer.ts";
import { refuse, refuseNotMirrored } from "./refuse.ts";

/** Paths below which files are given out; of the archive for any host, as a mirror stands for all of them (reference §6, §7). */
export const ASSET_PATHS: readonly string[] = [
  "/grid_data/*",
  "/informatics-archive/*",
  "/api/v2/well_known_file_download/*",
];

/** Answers with a grid, a file of the archive or a well-known file. */
export async function answerAssetPath(store: AtlasStore, request: Request, url: URL): Promise<Response> {
  const found = readRequest(() => assetOfPath(url.pathname + url.search));
  if (found === undefined) return refuse(404, `There is no file at ${url.pathname.slice(0, 200)}`);
  const asset = await store.asset(found.kind, found.name, request.signal);
  return asset === undefined ? refuseNotMirrored(await whyNot(store, found, url)) : answerAsset(asset, request);
}

async function whyNot(
  store: AtlasStore,
  { kind, name }: { readonly kind: AssetKind; readonly name: string },
  url: URL,
): Promise<string> {
  const own = store.whyNoAsset?.(kind, name);
  if (own !== undefined) return own;
  if (kind === "grid") return `This mirror does not hold the grid ${name.slice(0, 100)}`;
  if (kind === "file") return `This mirror does not hold well-known file ${name}`;
  const isKnown = parseArchivePath(url.pathname) !== undefined;
  return `This mirror does not hold ${url.pathname.slice(0, 200)}${isKnown ? "" : ", and the archive is not known to either"}`;
}
