import { expect, test } from "vitest";
import { dataSetName, isProjection } from "./data-set-name.ts";
import { copiedPlace, spaceTitle, spaceWords } from "./place-words.ts";

const PLACE = { spaceId: 9, point: { x: 6600.4, y: 4000, z: 5699.6 } };

test("spaceWords() rounds to whole µm", () => {
  expect(spaceWords(PLACE)).toBe("x 6600, y 4000, z 5700 µm");
});

test("spaceTitle() names the space, or says that it is not known", () => {
  expect(spaceTitle(PLACE)).toBe("Reference space 9");
  expect(spaceTitle({ ...PLACE, spaceId: undefined })).toBe("Reference space that is not known");
});

test("copiedPlace() says of what the numbers are", () => {
  expect(copiedPlace(PLACE, 77, 1.2, 3.6)).toBe("6600.4, 4000.0, 5699.6 µm (reference space 9); image 77, pixel 1, 4");
  expect(copiedPlace(undefined, 77, 1.2, 3.6)).toBe("image 77, pixel 1, 4");
});

test("dataSetName() names the gene, else the kind of experiment", () => {
  const products = [{ name: "Mouse Connectivity Projection" }];
  expect(dataSetName({ id: 5, genes: [{ acronym: "Pdyn" }], products: [] }, "sagittal")).toBe("Pdyn, sagittal, 5");
  expect(dataSetName({ id: 5, genes: [], products }, "coronal")).toBe("Projection, coronal, 5");
  expect(dataSetName({ id: 5, genes: [{ acronym: null }], products: [] }, undefined)).toBe("Data set, 5");
  expect(isProjection({ id: 5, genes: [{ acronym: "Pdyn" }], products })).toBe(false);
});
