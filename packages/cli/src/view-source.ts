import type { AtlasStore, Served } from "@brainatlas/mirror";
import { openApi } from "./api.ts";
import type { Context } from "./context.ts";
import { UsageError } from "./errors.ts";
import { logFailure } from "./serve-log.ts";
import { countHeld, SAMPLE_TITLE, titleOf } from "./serve-offer.ts";
import { storePlace } from "./store-directory.ts";

/** Whose atlases are wanted. */
export interface SourceOptions {
  /** URL, or `sample`. */
  readonly api?: string | undefined;
  readonly store?: string | undefined;
  readonly sample?: boolean | undefined;
}

/** What is looked at. */
export interface ViewSource {
  /** Serves the page, and all that it asks for unless `api` says where that is. */
  readonly served: Served;
  /** Base URL of another server that the page asks. */
  readonly api: string | undefined;
  readonly title: string;
  close(): Promise<void>;
}

const HOW_TO_PULL = '"brainatlas pull atlas 1" brings a real one';

/**
 * Opens what is wanted; without a wish the store if it holds anything, else the sample.
 *
 * @param viewer Folder of the page.
 * @throws {UsageError} If several things are wanted, or the API is no URL, or at an IPv6 address.
 */
export async function openSource(context: Context, options: SourceOptions, viewer: string): Promise<ViewSource> {
  const { store, sample } = options;
  if ([options.api, store, sample || undefined].filter((each) => each !== undefined).length > 1) {
    throw new UsageError("Cannot look at several sources at once; give one of --api, --store and --sample");
  }
  const isElsewhere = store === undefined && sample !== true;
  const api = options.api ?? (isElsewhere ? context.env.BRAINATLAS_API || undefined : undefined);
  if (sample === true || api === "sample") return await openSample(context, viewer, SAMPLE_TITLE);
  return api === undefined ? await openStored(context, store, viewer) : await openElsewhere(context, api, viewer);
}

async function openElsewhere(context: Context, address: string, viewer: string): Promise<ViewSource> {
  const { client } = await openApi(context, { api: address });
  if (new URL(client.baseUrl).hostname.startsWith("[")) {
    throw new UsageError(
      `Cannot view ${client.baseUrl}: the policy of a page cannot name an IPv6 address; give a name, such as localhost`,
    );
  }
  const { createViewer } = await context.load.mirror();
  const onError = (error: unknown, request: Request): void => logFailure(context, error, request);
  const api = client.baseUrl;
  return { served: createViewer(viewer, { onError }), api, title: api, close: async () => {} };
}

async function openStored(context: Context, option: string | undefined, viewer: string): Promise<ViewSource> {
  const { isStore, openStore } = await context.load.mirror();
  const { directory, isChosen } = storePlace(context, option);
  if (!isChosen && !(await isStore(directory))) {
    return await openSample(context, viewer, `${SAMPLE_TITLE}; there is no store yet: ${HOW_TO_PULL}`);
  }
  const store = await openStore(directory);
  const info = await store.info();
  if (isChosen || countHeld(info).length > 0) return await mirrorOf(context, store, viewer, titleOf(directory, info));
  store.close();
  return await openSample(context, viewer, `${SAMPLE_TITLE}; the store is empty: ${HOW_TO_PULL}`);
}

async function openSample(context: Context, viewer: string, title: string): Promise<ViewSource> {
  const { sampleStore } = await context.load.mirror();
  return await mirrorOf(context, sampleStore(), viewer, title);
}

async function mirrorOf(context: Context, store: AtlasStore, viewer: string, title: string): Promise<ViewSource> {
  const { createMirror } = await context.load.mirror();
  const onError = (error: unknown, request: Request): void => logFailure(context, error, request);
  const mirror = createMirror({ store, viewer, onError });
  const close = async (): Promise<void> => {
    await mirror.close();
    store.close();
  };
  return { served: mirror, api: undefined, title, close };
}
