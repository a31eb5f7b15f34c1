import { describe, expect, test } from "vitest";
import { fitMiddle, fitText, textWidth } from "./width.ts";

describe("textWidth() counts", () => {
  test.each([
    ["Latin letters", "µm ventral ß", 12],
    ["a combining accent as nothing", "e\u0301tude", 5],
    ["East Asian letters twice", "海馬 カナ 한", 12],
    ["full-width forms twice, half-width ones once", "Ａｱ", 3],
    ["an emoji of several characters as one", "👩‍🔬🧠", 4],
    ["marks that cannot be seen as nothing", "a\u200bb\ufeff", 2],
    ["Greek and Cyrillic once", "αβ да", 5],
    ["nothing", "", 0],
  ])("%s", (_, text, width) => {
    expect(textWidth(text)).toBe(width);
  });
});

describe("fitText()", () => {
  test.each([
    ["field CA1", 9, "field CA1"],
    ["field CA1", 8, "field C…"],
    ["field CA1", 7, "field…"],
    ["海馬体", 6, "海馬体"],
    ["海馬体", 5, "海馬…"],
    ["海馬体", 4, "海…"],
    ["e\u0301e\u0301e\u0301", 2, "e\u0301…"],
    ["ab", 1, "…"],
    ["ab", 0, ""],
    ["", 0, ""],
  ])("of %j to %i columns is %j", (text, columns, fitted) => {
    expect(fitText(text, columns)).toBe(fitted);
    expect(textWidth(fitText(text, columns))).toBeLessThanOrEqual(columns);
  });
});

describe("fitMiddle()", () => {
  test.each([
    ["projection_volume", 17, "projection_volume"],
    ["projection_volume", 16, "project…n_volume"],
    ["projection_density", 8, "pro…sity"],
    ["海馬体海馬", 9, "海馬…海馬"],
    ["海馬体海馬", 6, "海…馬"],
    ["e\u0301tudes", 3, "e\u0301…s"],
    ["abc", 2, "…c"],
    ["abc", 1, "…"],
    ["abc", 0, ""],
  ])("of %j to %i columns is %j", (text, columns, fitted) => {
    expect(fitMiddle(text, columns)).toBe(fitted);
    expect(textWidth(fitMiddle(text, columns))).toBeLessThanOrEqual(columns);
  });
});
