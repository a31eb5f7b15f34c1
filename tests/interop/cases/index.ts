import type { InteropCase } from "../support/case.ts";
import { CELL_CASES, OBSERVATORY_CASES } from "./cells.ts";
import { CONNECTIVITY_CASES, EXPRESSION_CASES } from "./connectivity.ts";
import { DRAWING_CASES } from "./drawings.ts";
import { FILE_CASES } from "./files.ts";
import { IMAGE_CASES } from "./images.ts";
import * as pairs from "./query-pairs.ts";
import { RMA_CASES } from "./rma.ts";
import { SERVICE_PAIRS } from "./service-queries.ts";
import { ANNOTATION_CASES, SERVICE_CASES, SYNC_CASES } from "./services.ts";
import { STRUCTURE_CASES } from "./structures.ts";
import { VOLUME_CASES } from "./volumes.ts";

/** What AllenSDK and our client both ask of the mirror. */
export const CASES_BY_SUBJECT: Readonly<Record<string, readonly InteropCase[]>> = {
  images: IMAGE_CASES,
  drawings: DRAWING_CASES,
  structures: STRUCTURE_CASES,
  rma: RMA_CASES,
  synchronisation: SYNC_CASES,
  volumes: VOLUME_CASES,
  files: FILE_CASES,
  expression: EXPRESSION_CASES,
  annotations: ANNOTATION_CASES,
  connectivity: CONNECTIVITY_CASES,
  services: SERVICE_CASES,
  cells: CELL_CASES,
  observatory: OBSERVATORY_CASES,
};

/** Queries of AllenSDK, each beside ours. */
export const QUERY_PAIRS: readonly pairs.QueryPair[] = [...Object.values(pairs).flat(), ...SERVICE_PAIRS];
