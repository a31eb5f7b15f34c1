import { expect, test } from "vitest";
import { filledStore, sharedStore } from "../../../../tests/support/filled-store.ts";
import { readPictureImages } from "./picture-images.ts";

test("readPictureImages() knows whose pictures and coloured plates are, and of which several sections are", async () => {
  const images = await readPictureImages(await filledStore());
  expect(images.get("/plates/11.aff")).toEqual([11]);
  expect(images.get("/external/brainatlas/21/21_annotation.aff")).toEqual([21]);
  expect((await readPictureImages(await sharedStore())).get("/plates/shared.aff")).toEqual([11, 15, 21]);
});
