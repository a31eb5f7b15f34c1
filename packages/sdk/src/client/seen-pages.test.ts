import { expect, test } from "vitest";
import { SeenPages } from "./seen-pages.ts";

const rows = (...values: number[]): { r: number }[] => values.map((r) => ({ r }));

test("SeenPages knows every page that came before, not the last alone", () => {
  const pages = new SeenPages(false);
  for (let each = 0; each < 50; each += 1) {
    expect(pages.has(rows(each, each + 1)), String(each)).toBe(false);
    pages.add(rows(each, each + 1));
  }
  expect([0, 20, 49].map((each) => pages.has(rows(each, each + 1)))).toEqual([true, true, true]);
  expect(pages.has(rows(1, 0))).toBe(false);
  expect(pages.has(rows(49))).toBe(false);
});

test("SeenPages knows pages in any order, and pieces of the last, where it is told so", () => {
  const pages = new SeenPages(true);
  pages.add(rows(1, 2, 3));
  expect([rows(3, 1, 2), rows(2), rows(3, 4)].map((page) => pages.has(page))).toEqual([true, true, false]);
  pages.add(rows(3, 4));
  expect([rows(3, 1, 2), rows(2), rows(4)].map((page) => pages.has(page))).toEqual([true, false, true]);
});

test("SeenPages tells rows by all that is in them", () => {
  const pages = new SeenPages(true);
  pages.add([{ id: 1, r: 0.9 }]);
  expect(pages.has([{ id: 1, r: 0.8 }])).toBe(false);
});
