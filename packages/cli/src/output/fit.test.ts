import { expect, test } from "vitest";
import { fitCells } from "./fit.ts";

test("fitCells() keeps the shape within the room", () => {
  expect(fitCells({ width: 400, height: 200 }, { columns: 60, rows: 40 }, 1)).toEqual({ columns: 60, rows: 15 });
  expect(fitCells({ width: 200, height: 400 }, { columns: 60, rows: 10 }, 1)).toEqual({ columns: 10, rows: 10 });
});

test("fitCells() blows nothing up and leaves a cell at least", () => {
  expect(fitCells({ width: 30, height: 20 }, { columns: 60, rows: 40 }, 1)).toEqual({ columns: 30, rows: 10 });
  expect(fitCells({ width: 300, height: 200 }, { columns: 60, rows: 40 }, 10)).toEqual({ columns: 30, rows: 10 });
  expect(fitCells({ width: 10_000, height: 1 }, { columns: 60, rows: 40 }, 1)).toEqual({ columns: 60, rows: 1 });
});
