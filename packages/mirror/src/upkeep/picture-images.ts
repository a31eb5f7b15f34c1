import { sqlBuilder, toStatement } from "../records/statement.ts";
import type { FolderStore } from "../store/folder-store.ts";
import { IMAGES } from "../store/image-records.ts";

/** Longest time that one question may take, in ms. */
const LIMITS = { timeLimitMs: 60_000 };

/**
 * Says of which images the pictures of a store are, as far as its records tell. Memory grows with the number of images.
 *
 * @returns Ids of images by the names of pictures, in ascending order: several sections may lie in one picture.
 * @example (await readPictureImages(store)).get("/external/mouse.aff") // → [100883869]
 */
export async function readPictureImages(store: FolderStore): Promise<ReadonlyMap<string, readonly number[]>> {
  const found = new Map<string, Set<number>>();
  await (await store.records()).read(async (reader) => {
    const own = sqlBuilder.selectFrom(IMAGES).select(["id", "path", "expression_path"]).orderBy("id");
    const others = sqlBuilder.selectFrom("alternate_images").select(["sub_image_id", "path"]).orderBy("sub_image_id");
    for (const query of [own, others]) {
      for (const [id, ...paths] of await reader.all(toStatement(query.compile()), LIMITS)) {
        for (const path of paths) {
          if (typeof path !== "string" || typeof id !== "number") continue;
          found.set(path, (found.get(path) ?? new Set()).add(id));
        }
      }
    }
  });
  return new Map([...found].map(([path, ids]) => [path, [...ids].sort((a, b) => a - b)]));
}
