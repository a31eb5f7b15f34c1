import type { AtlasStore, FolderStore, Mirror, StoreEntry } from "@brainatlas/mirror";
import { type ImageService, printImageUrl } from "@brainatlas/sdk/image";
import type { Context } from "./context.ts";
import { UsageError } from "./errors.ts";
import { printCount, printNumber } from "./output/quantities.ts";
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
  /** Whether the answer is a picture, to be put into a file. */
  readonly isPicture: boolean;
  /** Arguments of this program for the same, where it has a command for it. */
  readonly args: string | undefined;
}

export async function offerSample(context: Context): Promise<Offer> {
  const { sampleStore } = await context.load.mirror();
  return {
    store: sampleStore(),
    title: "the sample atlas, which is synthetic and not data of the Allen Institute",
    example: {
      path: "/api/v2/atlas_image_download/100883869?downsample=4&annotation=true",
      isPicture: true,
      args: "image 100883869 --downsample 4 --annotation",
    },
  };
}

/**
 * @throws {UsageError} If no store is named, and there is none at the default place.
 */
export async function offerStore(context: Context, option: string | undefined): Promise<Offer> {
  const { createMirror, isStore, openStore } = await context.load.mirror();
  const { directory, isChosen } = storePlace(context, option);
  if (!isChosen && !(await isStore(directory))) {
    throw new UsageError(`Cannot serve without a store: there is none at "${directory}"; give --sample, or --store`, {
      hint: '"brainatlas store import FILE" makes a store',
    });
  }
  const store = await openStore(directory);
  const { entries, records } = await store.info();
  const rows = Object.values(records).reduce((sum, count) => sum + count, 0);
  const parts = [
    `${printNumber(rows)} ${rows === 1 ? "row" : "rows"}`,
    printCount(entries.picture, "picture", "pictures"),
    printCount(entries.drawing, "drawing", "drawings"),
    printCount(entries.answer, "recorded answer", "recorded answers"),
  ];
  const example =
    (await exampleOfPicture(store, createMirror({ store }))) ??
    exampleOfRows(Object.keys(records)) ??
    (await exampleOfAnswer(store));
  return { store, title: `the store ${directory}: ${parts.join(", ")}`, example };
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
    return { path, isPicture: true, args: `image ${id}${flag} --downsample ${downsample}` };
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
  return { path: `/api/v2/data/${model}/query.json`, isPicture: false, args: `rma ${model}` };
}

async function exampleOfAnswer(store: FolderStore): Promise<Example | undefined> {
  for await (const { name } of store.list("answer")) return { path: name, isPicture: true, args: undefined };
  return undefined;
}
