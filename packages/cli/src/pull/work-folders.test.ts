import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { downloadAll } from "@brainatlas/sdk/node";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { listWorkFolders, removeWorkFolders } from "./work-folders.ts";

test("removeWorkFolders() removes what pulls left in a store, but for those at work", async () => {
  const store = await temporaryFolder();
  expect(await listWorkFolders(store)).toEqual([]);
  const at = (name: string): string => join(store, "pulls", name);
  const fetch = async (): Promise<Response> => new Response("content");
  await downloadAll([{ url: "http://x/a", name: "a" }], { directory: at("given-up"), fetch });
  await mkdir(at("empty"));
  let removed: Awaited<ReturnType<typeof removeWorkFolders>> = [];
  const onFile = async (): Promise<void> => {
    removed = await removeWorkFolders(store);
  };
  await downloadAll([{ url: "http://x/a", name: "a" }], { directory: at("at-work"), fetch, onFile });
  expect(removed).toEqual([
    { path: at("at-work"), reason: expect.stringContaining("is at work there") },
    { path: at("empty") },
    { path: at("given-up") },
  ]);
  expect(await readdir(join(store, "pulls"))).toEqual(["at-work"]);
});
