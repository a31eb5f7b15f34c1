import type { AtlasEntry } from "./series.ts";
import type { SeriesRef } from "./view.ts";

/** "Mouse, P56, Coronal", which most people look for. */
const USUAL_ATLAS_ID = 1;

/** What is looked at first, where nothing else was asked for: the usual atlas, else the first one with images; `undefined` where none has any. */
export function firstAtlas(atlases: readonly AtlasEntry[]): SeriesRef | undefined {
  const pictured = atlases.filter(({ hasImages }) => hasImages);
  const chosen = pictured.find(({ id }) => id === USUAL_ATLAS_ID) ?? pictured[0];
  return chosen && { kind: "atlas", id: chosen.id };
}

/** The atlases with images and those without, each in their order. */
export function groupAtlases(atlases: readonly AtlasEntry[]): {
  readonly pictured: readonly AtlasEntry[];
  readonly unpictured: readonly AtlasEntry[];
} {
  return {
    pictured: atlases.filter(({ hasImages }) => hasImages),
    unpictured: atlases.filter(({ hasImages }) => !hasImages),
  };
}
