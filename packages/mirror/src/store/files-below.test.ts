import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { filesBelow } from "./files-below.ts";

test("filesBelow() gives the files of all folders, sorted, and none of a folder that is not there", async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "b", "c"), { recursive: true });
  for (const path of ["b/c/2", "b/1", "a"]) await writeFile(join(folder, path), "");
  expect(await filesBelow(folder)).toEqual(["a", "b/1", "b/c/2"].map((path) => join(path)));
  expect(await filesBelow(folder, "b")).toEqual(["b/1", "b/c/2"].map((path) => join(path)));
  expect(await filesBelow(folder, "none")).toEqual([]);
  expect(await filesBelow(join(folder, "none"))).toEqual([]);
});

test("filesBelow() follows links in place of a store's folders, and ends where they lead in circles", async () => {
  const [folder, other] = [await temporaryFolder(), await temporaryFolder()];
  await writeFile(join(other, "x"), "");
  await symlink(other, join(folder, "picture"));
  await symlink(folder, join(other, "circle"));
  expect(await filesBelow(folder)).toEqual(["picture/circle/picture", "picture/x"].map((path) => join(path)));
});

test("filesBelow() throws for what cannot be read, the folder itself and what is below it", async () => {
  const folder = await temporaryFolder();
  await symlink("loop", join(folder, "loop"));
  await symlink("missing", join(folder, "nowhere"));
  await expect(filesBelow(join(folder, "loop"))).rejects.toThrow(/^Cannot read ".*loop" of the store: ELOOP/);
  await expect(filesBelow(join(folder, "nowhere"))).rejects.toThrow(/^Cannot read ".*nowhere" of the store: ENOENT/);
  await expect(filesBelow(folder)).rejects.toThrow(/^Cannot read ".*(loop|nowhere)" of the store: /);
});
