import { join, resolve } from "node:path";
import type { Context } from "./context.ts";

/** Where a store is, and whether someone chose the place. */
export interface StorePlace {
  readonly directory: string;
  /** Named by `--store` or `BRAINATLAS_STORE`. */
  readonly isChosen: boolean;
}

/** The store that is meant: `--store`, else `BRAINATLAS_STORE`, else the platform's folder for data of programs. */
export function storePlace(
  context: Pick<Context, "env" | "cwd" | "homeDirectory" | "platform">,
  option: string | undefined,
): StorePlace {
  const chosen = option ?? (context.env.BRAINATLAS_STORE || undefined);
  if (chosen !== undefined) return { directory: resolve(context.cwd, chosen), isChosen: true };
  return { directory: join(dataDirectory(context), "brainatlas", "store"), isChosen: false };
}

function dataDirectory({ env, homeDirectory, platform }: Pick<Context, "env" | "homeDirectory" | "platform">): string {
  // A relative path there is to be ignored (XDG Base Directory Specification).
  if (env.XDG_DATA_HOME?.startsWith("/") === true) return env.XDG_DATA_HOME;
  if (platform === "win32") return env.LOCALAPPDATA || join(homeDirectory, "AppData", "Local");
  if (platform === "darwin") return join(homeDirectory, "Library", "Application Support");
  return join(homeDirectory, ".local", "share");
}
