import type { Drawing } from "@brainatlas/sdk/drawing";
import type { StructureTree } from "@brainatlas/sdk/ontology";
import type { NeighbourKey, NeighbourPage } from "../load/neighbours.ts";
import type { Shelf } from "../load/shelf.ts";
import type { VolumeSet } from "../load/volume.ts";
import type { AtlasEntry, Series } from "../model/series.ts";
import type { SeriesRef } from "../model/view.ts";

/** What has come of the API. */
export interface Shelves {
  readonly atlases: Shelf<"all", readonly AtlasEntry[]>;
  readonly series: Shelf<SeriesRef, Series>;
  /** By graph id. */
  readonly trees: Shelf<number, StructureTree>;
  /** By image id; full size, all groups. */
  readonly drawings: Shelf<number, Drawing>;
  /** What has aligned images in a reference space. */
  readonly neighbours: Shelf<NeighbourKey, NeighbourPage>;
  /** The volumes that the API holds. */
  readonly volumes: Shelf<"reference", VolumeSet>;
}
