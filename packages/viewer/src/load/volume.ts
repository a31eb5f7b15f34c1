import type { AtlasStream, BrainAtlas } from "@brainatlas/sdk";
import type { ArchiveFile, ResolutionUm, Volume } from "@brainatlas/sdk/volume";
import { type Signal, signal } from "@preact/signals";
import { isNotHeld } from "./not-held.ts";

/** The reference volumes that are held, at one resolution. */
export interface VolumeSet {
  /** Structure ids; `undefined` where no annotation is held. */
  readonly annotation: Volume | undefined;
  /** Why there is none, in words. */
  readonly reason: string | undefined;
  /** Shades of the template; `undefined` until it has come, and where it is not held. */
  readonly template: Signal<Volume | undefined>;
}

/** How far a volume has come: bytes, and of how many where the server says it. */
export interface VolumeProgress {
  readonly receivedBytes: number;
  readonly totalBytes: number | undefined;
}

/** Coarsest first: each step finer is eight times as large, and the slices are small. */
const RESOLUTIONS: readonly ResolutionUm[] = [100, 50, 25];

/** Most bytes of a volume when it is unpacked: those of the annotation at 25 µm are 308 MB. */
const MAX_BYTES = 400 * 2 ** 20;

/** Hears how far the annotation has come. */
type OnProgress = (progress: VolumeProgress) => void;

/** Fetches the coarsest annotation that the API holds, and the template with it, which comes when it comes. */
export async function loadVolumes(api: BrainAtlas, abort: AbortSignal, onProgress?: OnProgress): Promise<VolumeSet> {
  const template = signal<Volume | undefined>(undefined);
  const none = (reason: string): VolumeSet => ({ annotation: undefined, reason, template });
  if (new URL(api.volumes.downloadUrl).origin !== new URL(api.baseUrl).origin) {
    return none("This service keeps its volumes on another server, which this page does not ask.");
  }
  for (const resolutionUm of RESOLUTIONS) {
    const file = { kind: "annotation", release: "ccf_2017", resolutionUm } as const;
    const annotation = await findVolume(api, file, abort, onProgress);
    if (annotation === undefined) continue;
    void showTemplate(api, resolutionUm, abort, template);
    return { annotation, reason: undefined, template };
  }
  return none("No volume is held here.");
}

/** The picture does without a template that fails. */
async function showTemplate(
  api: BrainAtlas,
  resolutionUm: ResolutionUm,
  abort: AbortSignal,
  template: VolumeSet["template"],
): Promise<void> {
  template.value = await findVolume(api, { kind: "template", resolutionUm }, abort).catch(() => undefined);
}

/** A volume; `undefined` where it is not held. */
async function findVolume(
  api: BrainAtlas,
  file: ArchiveFile,
  abort: AbortSignal,
  onProgress?: OnProgress,
): Promise<Volume | undefined> {
  const stream = await api.volumes.stream(file, { signal: abort }).catch((error: unknown) => {
    if (isNotHeld(error)) return undefined;
    throw error;
  });
  if (stream === undefined) return undefined;
  // What reads a volume is loaded by those alone who look at one.
  const { readNrrd } = await import("@brainatlas/sdk/volume");
  const volume = await readNrrd(counted(stream, onProgress), { maxBytes: MAX_BYTES });
  return volume.toNumbers();
}

async function* counted(stream: AtlasStream, onProgress: OnProgress | undefined): AsyncGenerator<Uint8Array> {
  const total = Number(stream.headers.get("content-length"));
  let receivedBytes = 0;
  for await (const chunk of stream.chunks()) {
    receivedBytes += chunk.length;
    onProgress?.({ receivedBytes, totalBytes: total > 0 ? total : undefined });
    yield chunk;
  }
}
