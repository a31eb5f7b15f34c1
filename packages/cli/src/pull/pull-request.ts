import type { AtlasPlanOptions } from "./plan/atlas.ts";
import type { DataSetPlanOptions } from "./plan/data-sets.ts";
import type { GridPlanOptions } from "./plan/grids.ts";
import type { RmaPlanOptions } from "./plan/rma.ts";
import type { VolumePlanOptions } from "./plan/volume.ts";

/** What is to be pulled, as the command line says it. */
export type PullRequest =
  /** An atlas by its id or its name: plates, drawings, records, the ontology. */
  | ({ readonly what: "atlas"; readonly atlas: string } & AtlasPlanOptions)
  /** Sections of experiments. */
  | ({ readonly what: "dataset"; readonly ids: readonly number[] } & DataSetPlanOptions)
  /** The structures of a graph. */
  | { readonly what: "ontology"; readonly ids: readonly number[] }
  /** Well-known files. */
  | { readonly what: "file"; readonly ids: readonly number[] }
  /** Grids of experiments. */
  | ({ readonly what: "grid"; readonly ids: readonly number[] } & GridPlanOptions)
  /** A reference volume. */
  | ({ readonly what: "volume"; readonly volume: string } & VolumePlanOptions)
  /** All rows of a query. */
  | ({ readonly what: "rma"; readonly query: string } & RmaPlanOptions)
  /** Drawings of images, by their ids, or of an atlas, by its id or name. */
  | { readonly what: "svg"; readonly of: readonly number[] | string }
  /** The images that a file lists. */
  | { readonly what: "images"; readonly file: string };
