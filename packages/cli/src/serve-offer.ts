import type { AtlasStore, FolderStore, Mirror, StoreEntry, StoreInfo } from "@brainatlas/mirror";
import { type ImageService, printImageUrl } from "@brainatlas/sdk/image";
import type { Context } from "./context.ts";
import { UsageError } from "./errors.ts";
import { printNumber } from "./output/quantities.ts";
import { storePlace } from "./store-directory.ts";

/** What is served, for the reader. */
export interface Offer {
  readonly store: AtlasStore;
  readonly title: string;
  readonly example: Example | undefined;
}

/** A request that is answered. */
export interface Example {
  /** Path and query. */
  readonly path: string;
  /** Name of a file that the answer is put into; `undefined` for text. */
  readonly file: string | undefined;
  /** Arguments of this program for the same, where it has a command for it. */
  readonly args: string | undefined;
}

/** How the sample is called. */
export const SAMPLE_TITLE = "the sample atlas, which is synthetic and not data of the Allen Institute";

export async function offerSample(context: Context): Promise<Offer> {
  const { sampleStore } = await context.load.mirror();
  return {
    store: sampleStore(),
    title: SAMPLE_TITLE,
    example: {
      path: "/api/v2/atlas_image_download/100883869?downsample=4&annotation=true",
      file: "plate.jpg",
      args: "image 100883869 --downsample 4 --annotation",
    },
  };
}

/**
 * @param create Whether to make a store of a folder that is missing or empty.
 * @throws {UsageError} If no store is named, there is none at the default place, and none is to be made.
 */
export async function offerStore(context: Context, option: string | undefined, create: boolean): Promise<Offer> {
  const { createMirror, isStore, openStore } = await context.load.mirror();
  const { directory, isChosen } = storePlace(context, option);
  if (!create && !isChosen && !(await isStore(directory))) {
    throw new UsageError(`Cannot serve without a store: there is none at "${directory}"; give --sample, or --store`, {
      hint: '"brainatlas pull atlas 1" makes a store, and so does "brainatlas store import FILE"',
    });
  }
  const store = await openStore(directory, { create });
  const info = await store.info();
  const example =
    (await exampleOfPicture(store, createMirror({ store, images: { threads: 0 } }))) ??
    (await exampleOfEntry(store)) ??
    exampleOfRows(Object.keys(info.records)) ??
    (await exampleOfAnswer(store));
  return { store, title: titleOf(directory, info), example };
}

/** A store with what it holds, for the reader. */
export function titleOf(directory: string, info: StoreInfo): string {
  const mark = info.synthetic ? ", synthetic and not data of the Allen Institute" : "";
  return `the store ${directory}: ${countHeld(info).join(", ") || "empty"}${mark}`;
}

/** What a store holds, by kind: nothing of an empty one. */
export function countHeld({ entries, records }: StoreInfo): string[] {
  const rows = Object.values(records).reduce((sum, count) => sum + count, 0);
  return [
    countOf(rows, "row"),
    countOf(entries.picture, "picture"),
    countOf(entries.drawing, "drawing"),
    countOf(entries.grid, "grid"),
    countOf(entries.archive, "file of the archive", "files of the archive"),
    countOf(entries.file, "well-known file"),
    countOf(entries.answer, "recorded answer"),
  ].flat();
}

/** A number with its noun; none for what is not held. */
function countOf(count: number, one: string, many: string = `${one}s`): string[] {
  return count > 0 ? [`${printNumber(count)} ${count === 1 ? one : many}`] : [];
}

/** The tier of the example: small enough for any plate. */
const EXAMPLE_DOWNSAMPLE = 4;
/** Pictures that are looked at for an example: a store may hold thousands. */
const MAX_TRIES = 20;

async function exampleOfPicture(store: FolderStore, mirror: Mirror): Promise<Example | undefined> {
  let tries = 0;
  for await (const entry of store.list("picture")) {
    tries += 1;
    if (tries > MAX_TRIES) return undefined;
    const found = await findImage(entry, mirror);
    if (found === undefined) continue;
    const { id, service } = found;
    // A picture that was put at a tier has no finer ones.
    const downsample = Math.max(EXAMPLE_DOWNSAMPLE, Number(entry.details.downsample) || 0);
    const flag = service === "atlas" ? "" : ` --service ${service}`;
    const path = printImageUrl("", service, id, { downsample });
    return { path, file: "plate.jpg", args: `image ${id}${flag} --downsample ${downsample}` };
  }
  return undefined;
}

const SERVICES: readonly (readonly [model: string, service: ImageService])[] = [
  ["AtlasImage", "atlas"],
  ["SectionImage", "section"],
  ["SubImage", "any"],
];

/** The image whose file a picture is; none for the coloured plate of one, which has a file of its own. */
async function findImage(
  { name }: StoreEntry,
  mirror: Mirror,
): Promise<{ id: number; service: ImageService } | undefined> {
  for (const [model, service] of SERVICES) {
    const criteria = encodeURIComponent(`[path$eq'${name.replaceAll("'", "")}']`);
    const url = `http://mirror.invalid/api/v2/data/${model}/query.json?criteria=${criteria}&num_rows=1`;
    const answer: unknown = await (await mirror.fetch(url)).json().catch(() => undefined);
    const id = (answer as { msg?: { id?: unknown }[] } | undefined)?.msg?.[0]?.id; // Looked up alone, and checked.
    if (typeof id === "number") return { id, service };
  }
  return undefined;
}

function exampleOfRows([model]: readonly string[]): Example | undefined {
  if (model === undefined) return undefined;
  return { path: `/api/v2/data/${model}/query.json`, file: undefined, args: `rma ${model}` };
}

/** What is asked for by a name of its own. */
async function exampleOfEntry(store: FolderStore): Promise<Example | undefined> {
  for await (const { name } of store.list("drawing")) {
    return { path: `/api/v2/svg/${name}`, file: `${name}.svg`, args: `svg ${name}` };
  }
  for await (const { name } of store.list("grid")) {
    const found = exampleOfGrid(name);
    if (found !== undefined) return found;
  }
  for await (const { name } of store.list("archive")) {
    const file = /[\w.-]+$/.exec(name)?.[0] ?? "file";
    return { path: `/informatics-archive/${name}`, file, args: undefined };
  }
  for await (const { name } of store.list("file")) {
    return { path: `/api/v2/well_known_file_download/${name}`, file: `file-${name}`, args: `file ${name}` };
  }
  return undefined;
}

/** A grid by its name in the store: `7.zip`, `7-energy,density.zip` or `7/injection_density_25.nrrd`. */
function exampleOfGrid(name: string): Example | undefined {
  const [, id, image, resolution] = /^(\d+)\/([a-z_]+)_(\d+)\.nrrd$/.exec(name) ?? [];
  if (id !== undefined) {
    const path = `/grid_data/download_file/${id}?image=${image}&resolution=${resolution}`;
    return { path, file: "grid.nrrd", args: `grid ${id} --projection ${image} --resolution ${resolution}` };
  }
  const [, dataSet, volumes] = /^(\d+)(?:-([a-z,]+))?\.zip$/.exec(name) ?? [];
  if (dataSet === undefined) return undefined;
  const [query, flag] = volumes === undefined ? ["", ""] : [`?include=${volumes}`, ` --include ${volumes}`];
  return { path: `/grid_data/download/${dataSet}${query}`, file: "grid.zip", args: `grid ${dataSet}${flag}` };
}

async function exampleOfAnswer(store: FolderStore): Promise<Example | undefined> {
  for await (const { name } of store.list("answer")) return { path: name, file: "plate.jpg", args: undefined };
  return undefined;
}
