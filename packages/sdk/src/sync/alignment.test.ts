import { expect, test } from "vitest";
import { parseAlignment2d, parseAlignment3d } from "./alignment.ts";

const numbered = (name: string, count: number, at = 0): Record<string, number> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`${name}_${String(index).padStart(2, "0")}`, at + index / 8]),
  );
const row2d = { id: 1, section_image_id: 2, ...numbered("tsv", 6), ...numbered("tvs", 6, 10) };
const row3d = { id: 1, aligned_id: 2, aligned_type: "DataSet", ...numbered("tvr", 12), ...numbered("trv", 12, 20) };

test("parseAlignment2d() reads the columns of a row", () => {
  expect(parseAlignment2d(row2d)).toEqual({
    tsv: [0, 0.125, 0.25, 0.375, 0.5, 0.625],
    tvs: [10, 10.125, 10.25, 10.375, 10.5, 10.625],
  });
});

test("parseAlignment3d() reads the columns of a row, text too", () => {
  const { tvr, trv } = parseAlignment3d({ ...row3d, tvr_11: " -1.5e2 " });
  expect([tvr.length, tvr[11], trv[0], trv[11]]).toEqual([12, -150, 20, 21.375]);
});

test("parseAlignment2d() and parseAlignment3d() read numbers with commas between them", () => {
  expect(parseAlignment2d({ tsv: "1,0,-0.5,1,2,3", tvs: "1, 0, 0, 1, 0, -1.5e-19" }).tvs[5]).toBe(-1.5e-19);
  expect(parseAlignment3d({ tvr: Array(12).fill(1).join(), trv: Array(12).fill(2).join() }).trv).toEqual(
    Array(12).fill(2),
  );
});

test.each([
  [{ ...row2d, tsv_03: undefined }, "Cannot decode the alignment: alignment2d.tsv_03 holds nothing; expected a number"],
  [{ ...row2d, tvs_05: null }, "Cannot decode the alignment: alignment2d.tvs_05 holds null; expected a number"],
  [{ ...row2d, tvs_05: "" }, 'Cannot decode the alignment: alignment2d.tvs_05 holds ""; expected a number'],
  [{ ...row2d, tvs_05: "0x10" }, 'Cannot decode the alignment: alignment2d.tvs_05 holds "0x10"; expected a number'],
  [{ ...row2d, tsv_00: Number.NaN }, "Cannot decode the alignment: alignment2d.tsv_00 holds null; expected a number"],
  [
    { tsv: "1,2,3", tvs: "" },
    "Cannot decode the alignment: alignment2d.tsv, number 3, holds nothing; expected a number",
  ],
  [null, "Cannot decode the alignment: alignment2d holds null; expected an alignment"],
  [[], "Cannot decode the alignment: alignment2d holds []; expected an alignment"],
])("parseAlignment2d() names what is wrong with %j", (row, message) => {
  expect(() => parseAlignment2d(row)).toThrow(expect.objectContaining({ code: "ATLAS_DECODE", message }));
});

test("parseAlignment3d() names the missing column", () => {
  const { trv_07: _, ...rest } = row3d as Record<string, unknown>;
  expect(() => parseAlignment3d(rest, "msg[3].alignment3d")).toThrow(
    expect.objectContaining({ at: "msg[3].alignment3d.trv_07" }),
  );
});
