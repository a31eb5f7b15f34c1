import type { FolderStore, OpenStoreOptions } from "@brainatlas/mirror";
import type { Context } from "./context.ts";
import { storePlace } from "./store-directory.ts";

/** Opens the store that is meant, and closes it again however its use ends. */
export async function useStore<T>(
  context: Context,
  option: string | undefined,
  use: (store: FolderStore) => Promise<T>,
  options: OpenStoreOptions = {},
): Promise<T> {
  const { openStore } = await context.load.mirror();
  const store = await openStore(storePlace(context, option).directory, options);
  try {
    return await use(store);
  } finally {
    store.close();
  }
}
