import { expect, test } from "vitest";
import { pageTitle } from "./page-title.ts";
import type { SeriesImage } from "./series.ts";

const images = Array.from({ length: 31 }, (_, index) => ({ number: index + 1 }) as SeriesImage);

test("pageTitle() says which plate of which series is shown, as far as that is known", () => {
  const series = { ref: { kind: "atlas", id: 1 }, name: "Mouse, P56, Coronal", images } as const;
  expect(pageTitle(series, { number: 16 })).toBe("Plate 16 of 31 · Mouse, P56, Coronal · brainatlas");
  expect(pageTitle({ ...series, images: [] }, undefined)).toBe("Mouse, P56, Coronal · brainatlas");
  expect(pageTitle(undefined, undefined)).toBe("brainatlas");
});
