import type { VolumeFile } from "@brainatlas/sdk";
import { type AnnotationRelease, DEFAULT_RELEASE, type ResolutionUm } from "@brainatlas/sdk/volume";
import type { Api } from "../../api.ts";
import { asUsage, UsageError } from "../../errors.ts";
import { nearest } from "../../nearest.ts";
import { NAMED_VOLUMES } from "../../volumes.ts";
import type { PullPlan } from "../plan.ts";
import { nameByMark } from "./plan-name.ts";
import { isSynthetic } from "./synthetic.ts";

/** Which reference volume is wanted. */
export interface VolumePlanOptions {
  /** Edge of a voxel, in µm: 10, 25, 50 or 100. @default 25 */
  readonly resolution?: number | undefined;
  /** Release of the annotation. @default "ccf_2017" */
  readonly release?: string | undefined;
}

const DEFAULT_RESOLUTION_UM = 25;
const RESOLUTIONS_UM: readonly ResolutionUm[] = [10, 25, 50, 100];
const ARCHIVE = /^\/informatics-archive\/current-release\/mouse_ccf\//;

/**
 * Plans a reference volume. It has no rows, and how large it is shows when it is fetched.
 *
 * @param volume `template`, `annotation` or `nissl`.
 * @throws {UsageError} If there is no such volume.
 * @example (await planVolume(api, "annotation", {}, signal)).things[0]?.name // → "volumes/annotation/ccf_2017/annotation_25.nrrd"
 */
export async function planVolume(
  api: Api,
  volume: string,
  options: VolumePlanOptions,
  signal: AbortSignal,
): Promise<PullPlan> {
  const url = asUsage(() => api.client.volumes.url(fileOf(volume, options)));
  const urlPath = url.slice(api.client.volumes.downloadUrl.length);
  const name = `volumes/${urlPath.replace(ARCHIVE, "")}`;
  return {
    title: `${volume} of ${options.resolution ?? DEFAULT_RESOLUTION_UM} µm`,
    name: nameByMark("volume", urlPath),
    things: [{ kind: "asset", url, urlPath, name }],
    records: [],
    notes: [],
    isSynthetic: await isSynthetic(api, signal),
  };
}

/** Where a volume is, by its resolutions in µm, in rising order. */
export function volumeUrls(
  { client }: Pick<Api, "client">,
  volume: string,
  { release }: VolumePlanOptions,
): readonly { readonly resolutionUm: number; readonly url: string }[] {
  return RESOLUTIONS_UM.map((resolution) => ({
    resolutionUm: resolution,
    url: client.volumes.url(fileOf(volume, { resolution, release })),
  }));
}

function fileOf(volume: string, options: VolumePlanOptions): VolumeFile {
  const kind = NAMED_VOLUMES.find((name) => name === volume);
  // The client checks what it is given.
  const resolutionUm = (options.resolution ?? DEFAULT_RESOLUTION_UM) as ResolutionUm;
  const release = (options.release ?? DEFAULT_RELEASE) as AnnotationRelease;
  if (kind === "annotation") return { kind, resolutionUm, release };
  if (kind !== undefined && options.release !== undefined) {
    throw new UsageError(`Cannot use --release with "${kind}", which has none`);
  }
  if (kind !== undefined) return { kind, resolutionUm };
  const meant = nearest(volume, NAMED_VOLUMES);
  throw new UsageError(`Cannot find volume ${JSON.stringify(volume)}; give one of ${NAMED_VOLUMES.join(", ")}`, {
    hint: meant === undefined ? undefined : `did you mean ${meant}?`,
  });
}
