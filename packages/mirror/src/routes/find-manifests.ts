import type { ManifestLink } from "../iiif/image-info.ts";
import type { ImageName } from "../iiif/image-name.ts";
import { urisOf } from "../iiif/presentation/canvas.ts";
import { type Atlas, createAtlasReader, nameOfAtlas } from "../iiif/presentation/read-atlases.ts";
import { withDeadline } from "../records/deadline.ts";
import type { ReadLimits } from "../records/reader.ts";
import type { AtlasStore } from "../store/atlas-store.ts";

/**
 * The manifests that show a picture which is held: those of the atlases that it is a plate of.
 *
 * @param origin Of the mirror, without a slash at its end.
 * @throws {QueryTimeError} If reading the records takes longer than it may.
 */
export async function findManifests(
  store: AtlasStore,
  name: ImageName,
  origin: string,
  limits: ReadLimits,
): Promise<ManifestLink[]> {
  if (name.kind === "file" || name.picture === "expression" || name.picture === "projection") return [];
  const { id } = name;
  const database = await store.records();
  const atlases = await withDeadline(limits, (deadline) =>
    database.read((reader) => createAtlasReader(reader, deadline).atlasesOf(id), limits.signal),
  );
  return atlases
    .filter((atlas) => isShownIn(atlas, name, atlases.length))
    .map((atlas) => ({ id: urisOf({ origin, atlasId: atlas.id }).manifest, label: nameOfAtlas(atlas) }));
}

/** A coloured plate is one atlas's own; without a name of it, it is that of the only one. */
function isShownIn({ id }: Atlas, { picture, atlas }: Extract<ImageName, { kind: "record" }>, count: number): boolean {
  return picture === "plain" || atlas === id || (atlas === undefined && count === 1);
}
