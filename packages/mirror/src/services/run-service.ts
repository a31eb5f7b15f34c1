import type { ServiceName } from "@brainatlas/sdk/services";
import { withDeadline } from "../records/deadline.ts";
import type { RecordDatabase } from "../records/record-database.ts";
import { type QueryLimits, UnsupportedStageError } from "../rma/result.ts";
import type { RunService } from "../rma/service-answer.ts";
import { correlateProjections, searchCoordinate, searchSource } from "./connectivity-searches.ts";
import { compareExpression, correlateExpression } from "./expression-searches.ts";
import { readParameters } from "./parameters.ts";
import type { ReadDensity, Service } from "./service.ts";
import { pageOf } from "./service-page.ts";
import { readRecords } from "./service-records.ts";
import { searchSpatial } from "./spatial-search.ts";

/** The services that are computed; what the others have is in no record. */
const COMPUTED: Partial<Record<ServiceName, Service>> = {
  mouse_connectivity_correlation: correlateProjections,
  mouse_connectivity_injection_coordinate: searchCoordinate,
  mouse_connectivity_injection_structure: searchSource,
  mouse_connectivity_target_spatial: searchSpatial,
  mouse_correlation: correlateExpression,
  mouse_differential: compareExpression,
};

/** What services are computed from. */
export interface ServiceSource {
  readonly database: RecordDatabase;
  readonly limits: QueryLimits;
  readonly readDensity: ReadDensity;
}

/** Makes the runner of services: those that can be computed from records are, the others are refused (reference §8). */
export function createServiceRunner({ database, limits, readDensity }: ServiceSource): RunService {
  return async (stage, signal) => {
    const parameters = readParameters(stage);
    const page = pageOf(parameters);
    const compute = COMPUTED[parameters.service.name];
    if (compute === undefined) {
      throw new UnsupportedStageError(
        `This mirror does not compute service ${stage.service}; import its answer, and ask by the same URL`,
      );
    }
    const catalogue = await database.catalogue();
    return await withDeadline({ timeLimitMs: limits.timeLimitMs, signal }, async (deadline) => {
      const answer = await readRecords(database, deadline, (records) =>
        compute({ catalogue, records, parameters, page, readDensity, deadline }),
      );
      return typeof answer === "function" ? await answer() : answer;
    });
  };
}
