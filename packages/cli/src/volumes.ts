import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { VolumeFile } from "@brainatlas/sdk";
import {
  type AnnotationRelease,
  DEFAULT_RELEASE,
  NO_DATA,
  type ReadVolumeOptions,
  type ResolutionUm,
  readGridZip,
  readMetaImage,
  readNrrd,
  type Volume,
} from "@brainatlas/sdk/volume";
import { type Api, type ApiOptions, openApi, waitFor } from "./api.ts";
import type { Context } from "./context.ts";
import { asUsage, UsageError } from "./errors.ts";
import { describeReadError } from "./read-error.ts";

/** Volumes that have a name of their own. */
export const NAMED_VOLUMES = ["annotation", "template", "nissl"] as const;

type NamedVolume = (typeof NAMED_VOLUMES)[number];

/** What values stand for. */
export const VALUE_KINDS = ["labels", "values"] as const;

/** Bytes of a file that are read at a time. */
const CHUNK_BYTES = 1 << 20;

/** Options of every command about volumes. */
export interface VolumeOptions extends ApiOptions {
  /** Path of a file, or one of {@link NAMED_VOLUMES}. */
  readonly volume: string;
  /** In µm. @default 25 */
  readonly resolution?: ResolutionUm | undefined;
  /** @default "ccf_2017" */
  readonly release?: AnnotationRelease | undefined;
  /** Which volume of a zip. */
  readonly name?: string | undefined;
  /** Edge of a voxel in µm, for a file that gives none. */
  readonly spacing?: number | undefined;
  /** @default labels for an annotation, else values */
  readonly as?: (typeof VALUE_KINDS)[number] | undefined;
}

/** A volume that has been read. */
export interface OpenedVolume {
  readonly volume: Volume;
  /** How it is called in titles and file names. */
  readonly title: string;
  /** Whether its values are ids of structures. */
  readonly isAnnotation: boolean;
  /** The value that stands for no data. */
  readonly noData: number | undefined;
  /** Where it came from; `undefined` for a file. */
  readonly api: Api | undefined;
}

/**
 * Reads the volume that is meant.
 *
 * @throws {UsageError} If an option does not go with it.
 */
export async function openVolume(context: Context, options: VolumeOptions): Promise<OpenedVolume> {
  const named = NAMED_VOLUMES.find((name) => name === options.volume);
  const found = named === undefined ? await openFile(context, options) : await openNamed(context, named, options);
  const isAnnotation = options.as === undefined ? found.isAnnotation : options.as === "labels";
  return { ...found, volume: found.volume.toNumbers(), isAnnotation };
}

async function openNamed(context: Context, name: NamedVolume, options: VolumeOptions): Promise<OpenedVolume> {
  for (const flag of ["name", "spacing"] as const) refuseOption(options, flag, `with "${name}", which has one`);
  const { resolution: resolutionUm = 25, release = DEFAULT_RELEASE } = options;
  if (name !== "annotation") refuseOption(options, "release", `with "${name}", which has none`);
  const file: VolumeFile = name === "annotation" ? { kind: name, release, resolutionUm } : { kind: name, resolutionUm };
  const api = await openApi(context, options);
  asUsage(() => api.client.volumes.url(file));
  const { signal } = context;
  const volume = await waitFor(context, api, async () => {
    const stream = await api.client.volumes.stream(file, { signal });
    return await readNrrd(stream.chunks());
  });
  return { volume, title: `${name}-${resolutionUm}`, isAnnotation: name === "annotation", noData: undefined, api };
}

async function openFile(context: Context, options: VolumeOptions): Promise<OpenedVolume> {
  const { volume: path, name } = options;
  const reason = `with a file; it goes with ${NAMED_VOLUMES.join(", ")}`;
  for (const flag of ["resolution", "release"] as const) refuseOption(options, flag, reason);
  const file = resolve(context.cwd, path);
  const title = basename(file).replace(/\.[a-z]+$/i, "");
  const isAnnotation = /annotation/i.test(`${title} ${name ?? ""}`);
  const common = { title, api: undefined };
  if (/\.zip$/i.test(file)) {
    refuseOption(options, "spacing", "with a zip, whose volumes give theirs");
    const [chosen, volume] = chooseVolume((await readGridZip(await readWhole(file))).volumes, name);
    const isLabels = isAnnotation || /annotation/i.test(chosen);
    const noData = volume.type.startsWith("float") ? NO_DATA : undefined;
    return {
      ...common,
      title: title.includes(chosen) ? title : `${title}-${chosen}`,
      volume,
      isAnnotation: isLabels,
      noData,
    };
  }
  refuseOption(options, "name", "with a file that is no zip; it has one volume");
  const readOptions: ReadVolumeOptions = {
    spacingUm: options.spacing,
    resolve: (other) => readWhole(join(dirname(file), other)),
  };
  const volume = isMetaImage(file)
    ? await readMetaImage(await readWhole(file), readOptions)
    : await readNrrd(readChunks(file), readOptions);
  return { ...common, volume, isAnnotation: isAnnotation && !volume.type.startsWith("float"), noData: undefined };
}

function isMetaImage(path: string): boolean {
  return /\.mh[ad]$/i.test(path);
}

function chooseVolume(volumes: ReadonlyMap<string, Volume>, name: string | undefined): readonly [string, Volume] {
  const [first, ...others] = volumes;
  const list = [...volumes.keys()].join(", ");
  const found = name === undefined ? first : [...volumes].find(([each]) => each === name);
  if (found === undefined) throw new UsageError(`Cannot find volume "${name}" in the zip; give --name one of ${list}`);
  if (name !== undefined || others.length === 0) return found;
  throw new UsageError(`Cannot tell which volume of the zip is meant; give --name one of ${list}`);
}

async function readWhole(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw readError(path, cause);
  }
}

/** A file of any length: one that is read whole may have 2 GiB at most. */
async function* readChunks(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: CHUNK_BYTES });
  } catch (cause) {
    throw readError(path, cause);
  }
}

function readError(path: string, cause: unknown): Error {
  const wayOut = `give a file, or one of ${NAMED_VOLUMES.join(", ")}`;
  return new Error(`Cannot read "${path}": ${describeReadError(cause)}; ${wayOut}`, { cause });
}

function refuseOption(options: VolumeOptions, flag: keyof VolumeOptions, reason: string): void {
  if (options[flag] !== undefined) throw new UsageError(`Cannot use --${flag} ${reason}`);
}
