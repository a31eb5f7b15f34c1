import { IMAGE_SERVICE_PATH, IMAGE_SERVICES } from "@brainatlas/sdk/image";
import { canonicalTarget } from "../store/answer-key.ts";
import { type AssetKind, assetOfPath } from "../store/asset.ts";
import { isHarmlessPath } from "./harmless-path.ts";
import { textOfAsset, textOfKey } from "./sent-text.ts";

/** What kind of thing is asked for; how long it counts as fresh goes by that. */
export type TargetKind = "picture" | "drawing" | "graph" | "sync" | "file" | "query";

/** What the bytes of an answer have to be. */
export type ExpectedForm = "jpeg" | "json" | "xml" | "csv" | "svg" | "zip" | "nrrd" | "any";

/** A question that may be passed on. */
export interface Target {
  /** Path and query as they are sent: they say what the key says. */
  readonly text: string;
  /** By which equal questions are known; an answer that is no file is kept under it. */
  readonly key: string;
  readonly kind: TargetKind;
  readonly form: ExpectedForm;
  /** The file that is meant; `undefined` for what is kept as an answer to this very question. */
  readonly asset: { readonly kind: AssetKind; readonly name: string } | undefined;
  /** Whether it belongs to the host of the archive. */
  readonly isArchive: boolean;
  /** Whether rows make the answer, of which a store cannot know whether it has all: then the upstream is asked first. */
  readonly isOfRows: boolean;
}

/** Longest path and query of a question that is passed on; a name in a store has no more either. */
export const MAX_TARGET_CHARACTERS = 32_768;

const IMAGE_NAMES = Object.values(IMAGE_SERVICES)
  .map(({ path }) => path)
  .join("|");
const SYNC_NAMES = "image_to_(?:image|image_2d|atlas|reference)|(?:reference|structure)_to_image";

/** Paths of the API by their kinds (reference §0), the first that fits counts. */
const KINDS: readonly (readonly [path: RegExp, kind: TargetKind])[] = [
  [new RegExp(`^${IMAGE_SERVICE_PATH}$`), "picture"],
  [new RegExp(`^/api/v2/(?:${IMAGE_NAMES})/`), "picture"],
  [/^\/api\/v2\/svg(?:_download)?\//, "drawing"],
  [/^\/api\/v2\/structure_graph_download\//, "graph"],
  [new RegExp(`^/api/v2/(?:${SYNC_NAMES})/`), "sync"],
  [/^\/api\/v2\/well_known_file_download\//, "file"],
  [/^\/grid_data\/download(?:_file)?\//, "file"],
  [/^\/informatics-archive\//, "file"],
  [/^\/api\/v2\//, "query"],
];

/**
 * The question that a URL asks, if it is one that may be passed on: a path of the API and no trick. `undefined` for all others.
 *
 * @param parameters Those of a body, where they count instead of the URL's own.
 * @example readTarget(new URL("http://x/api/v2/svg/100960224"))?.kind // → "drawing"
 */
export function readTarget({ pathname, search }: URL, parameters?: URLSearchParams): Target | undefined {
  const kind = KINDS.find(([path]) => path.test(pathname))?.[1];
  if (kind === undefined || pathname.length > MAX_TARGET_CHARACTERS || !isHarmlessPath(pathname)) return undefined;
  const given = pathname + (parameters === undefined ? search : `?${parameters}`);
  const asset = kind === "file" ? assetOf(given) : undefined;
  const key = canonicalTarget(given);
  const text = asset === undefined ? textOfKey(key) : textOfAsset(asset, pathname);
  if (text === undefined) return undefined;
  return {
    text,
    key: asset === undefined ? key : `${asset.kind} ${asset.name}`,
    kind,
    form: formOf(pathname, kind),
    asset,
    isArchive: pathname.startsWith("/informatics-archive/"),
    isOfRows: kind === "query" || kind === "graph",
  };
}

/** A file by the name that the store has for it; one of a volume that there is not has none. */
function assetOf(text: string): Target["asset"] {
  try {
    return assetOfPath(text);
  } catch {
    return undefined;
  }
}

function formOf(pathname: string, kind: TargetKind): ExpectedForm {
  if (kind === "picture") return "jpeg";
  if (kind === "drawing") return "svg";
  const extension = /\.(\w+)\/?$/.exec(pathname)?.[1]?.toLowerCase() ?? "";
  if (kind !== "file") {
    if (extension === "xml" || extension === "csv") return extension;
    return "json";
  }
  if (pathname.startsWith("/grid_data/download/")) return "zip";
  if (pathname.startsWith("/grid_data/download_file/")) return "nrrd";
  return extension === "zip" || extension === "nrrd" ? extension : "any";
}
