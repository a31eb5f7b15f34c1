import { UsageError } from "../errors.ts";
import { type FolderManifest, isThere, kindsOf } from "./folder-manifest.ts";
import type { PullItem } from "./pull-item.ts";

/** Parameters of a picture's URL that make another picture of the same plate. */
const VARIANTS = ["downsample", "quality"] as const;

/**
 * Checks that no picture of a folder would be replaced by one of another tier or quality.
 *
 * @throws {UsageError} If one would.
 */
export async function checkVariants(
  directory: string,
  manifest: FolderManifest,
  items: readonly PullItem[],
): Promise<void> {
  for (const { thing, name, url } of items) {
    const before = manifest.had.get(name);
    if (thing.kind !== "picture" || before === undefined) continue;
    const [has, comes] = [variantOf(before.url), variantOf(url)];
    if (has === comes || !(await isThere(directory, name, before))) continue;
    throw new UsageError(
      `Cannot pull into "${directory}": it holds "${name}" with ${has}, and what comes is with ${comes}; give another folder, or --refresh, which replaces what is there`,
    );
  }
}

function variantOf(url: string): string {
  const query = URL.canParse(url) ? new URL(url).searchParams : new URLSearchParams();
  return VARIANTS.map((name) => `${name} ${query.get(name) ?? (name === "downsample" ? "0" : "of the service")}`).join(
    ", ",
  );
}

/**
 * Checks that what is made up and what is not do not come into one folder.
 *
 * @throws {Error} If its manifest says that it holds the other kind.
 */
export function checkKinds(directory: string, manifest: FolderManifest, isSynthetic: boolean): void {
  const kinds = kindsOf(manifest);
  if (!(isSynthetic ? kinds.real : kinds.synthetic)) return;
  const [has, comes] = isSynthetic ? ["real", "synthetic"] : ["synthetic", "real"];
  throw new Error(
    `Cannot pull into "${directory}": it holds ${has} data, as its manifest says, and what comes is ${comes}; give another folder`,
  );
}
