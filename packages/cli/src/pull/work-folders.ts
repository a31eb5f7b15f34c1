import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { removeDownloads } from "@brainatlas/sdk/node";
import type { Pull } from "./pull.ts";

/** Folder of a store in which pulls have their working files. */
const PULLS = "pulls";

/** What tells a pull from others. */
type PullFacts = Pick<Pull, "options" | "plan" | "request" | "downsample"> & {
  readonly api: { readonly client: { readonly baseUrl: string } };
};

/** Working folder of a pull: the same again for the same command, so that it goes on; another for another, so that two run side by side. */
export function workFolder(storeDirectory: string, { api, options, plan, request, downsample }: PullFacts): string {
  // What a list holds tells, and not what its file is called.
  const asked = request.what === "images" ? null : request;
  const facts = [api.client.baseUrl, plan.name, asked, downsample, options.quality ?? null];
  const mark = createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 8);
  return join(storeDirectory, PULLS, `${plan.name}-${mark}`);
}

/** What became of a working folder. */
export interface WorkFolder {
  readonly path: string;
  /** Why it stays. */
  readonly reason?: string | undefined;
}

/** The working folders of a store: of pulls that are under way, broke off or were given up. */
export async function listWorkFolders(storeDirectory: string): Promise<readonly WorkFolder[]> {
  const entries = await readdir(join(storeDirectory, PULLS), { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ path: join(storeDirectory, PULLS, name) }));
}

/** Removes the working folders of a store; those in which a pull is at work stay. */
export async function removeWorkFolders(storeDirectory: string): Promise<readonly WorkFolder[]> {
  const done: WorkFolder[] = [];
  for (const { path } of await listWorkFolders(storeDirectory)) {
    const reason = await removeDownloads(path).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    done.push({ path, ...(reason !== undefined && { reason }) });
  }
  return done;
}
