import type { SyncPlace, SyncResult } from "@brainatlas/sdk";
import { type Api, waitFor } from "../api.ts";
import type { Context } from "../context.ts";
import type { Row } from "../output/fields.ts";
import { type Findings, type Mapper, placeColumns, type SyncPointOptions, targetsOf } from "./sync-rows.ts";

/** Points that the service is asked about side by side; the client bounds the requests that are under way. */
const REMOTE_POINTS = 50;

/** Asks the service for each point. */
export function createRemoteMapper(context: Context, api: Api, options: SyncPointOptions, findings: Findings): Mapper {
  const ask = questionOf(context, api, options, findings);
  return async ({ rows, values }) => {
    const dimensions = values.length / rows.length;
    const answers: Row[] = [];
    for (let start = 0; start < rows.length; start += REMOTE_POINTS) {
      const part = rows.slice(start, start + REMOTE_POINTS);
      const found = await waitFor(context, api, () =>
        Promise.all(part.map((_, index) => ask(values.subarray((start + index) * dimensions)))),
      );
      for (const [index, row] of part.entries())
        for (const each of found[index] ?? []) answers.push({ ...row, ...each });
    }
    return answers;
  };
}

/** What one point is asked by, and the columns of the answer. */
function questionOf(
  context: Context,
  { client: { sync } }: Api,
  options: SyncPointOptions,
  findings: Findings,
): (values: Float64Array) => Promise<Record<string, unknown>[]> {
  const request = { signal: context.signal };
  const { service, id } = options;
  const { dataSets, images, atlas } = targetsOf(options);
  const cellsOf = (place: SyncPlace | undefined): Record<string, number | null> => {
    if (place === undefined) findings.none += 1;
    return placeColumns(place);
  };
  const ofTarget = ({ place, notHeld }: SyncResult, target: number | undefined): Record<string, number | null> => {
    if (!notHeld || target === undefined) return cellsOf(place);
    findings.missing.add(target);
    return placeColumns(undefined);
  };
  const ofSet = (result: SyncResult, index: number): Record<string, unknown> => ({
    section_data_set_id: result.dataSetId ?? null,
    ...ofTarget(result, result.dataSetId ?? dataSets[index]),
  });
  return async ([x = Number.NaN, y = Number.NaN, z = Number.NaN]) => {
    if (service === "image-to-reference") {
      const point = await sync.imageToReference(id, { x, y }, request);
      return [{ x_um: point.x, y_um: point.y, z_um: point.z }];
    }
    if (service === "image-to-atlas") return [cellsOf(await sync.imageToAtlas(id, { x, y }, atlas, request))];
    if (service === "image-to-image") return (await sync.imageToImage(id, { x, y }, dataSets, request)).map(ofSet);
    if (service === "image-to-image-2d") {
      const results = await sync.imageToImage2d(id, { x, y }, images, request);
      return results.map((result, index) => ofTarget(result, images[index]));
    }
    return (await sync.referenceToImage(id, { x, y, z }, dataSets, request)).map(ofSet);
  };
}
