import { parseRma, type ServiceStage } from "@brainatlas/sdk/rma";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { QueryError } from "../rma/result.ts";
import { type Parameters, readParameters } from "./parameters.ts";
import { pageOf } from "./service-page.ts";

function read(text: string): Parameters {
  return readParameters(parseRma(`service::${text}`).stages[0] as ServiceStage);
}

describe("readParameters()", () => {
  test("reads values with and without quotes, after $eq and $in", () => {
    const parameters = read(
      "mouse_connectivity_injection_structure[injection_structures$in'385',VISp,'997'][transgenic_lines$eq0,'Syt6-Cre_KI148'][primary_structure_only$eqt][injection_hemisphere$eqright]",
    );
    expect(parameters.all("injection_structures")).toEqual([385, "VISp", 997]);
    expect(parameters.all("transgenic_lines")).toEqual([0, "Syt6-Cre_KI148"]);
    expect(parameters.flag("primary_structure_only")).toBe(true);
    expect(parameters.text("injection_hemisphere")).toBe("right");
    expect(parameters.has("target_domain")).toBe(false);
    expect(parameters.numbers("product_ids")).toEqual([]);
    expect(pageOf(parameters)).toEqual({ startRow: 0, numRows: 2000 });
  });

  test("takes the names that AllenSDK uses for others", () => {
    expect(read("mouse_connectivity_correlation[row$eq1][structure$eqTH]").all("structures")).toEqual(["TH"]);
    const spatial = read("mouse_connectivity_target_spatial[seed_point$eq1,2.5,-3e2][section_data_sets$eq7]");
    expect([spatial.numbers("section_data_set"), spatial.numbers("seed_point")]).toEqual([[7], [1, 2.5, -300]]);
  });

  test.each([
    ["mouse_corelation[row$eq1]", 'Cannot find service "mouse_corelation"; near it: "mouse_correlation"'],
    ["constructor[a$eq1]", "Cannot find service"],
    ["differential[set$eqmouse]", "Cannot find service"],
    ["mouse_correlation[set$eqmouse]", "without row; give [row$eq…]"],
    [
      "mouse_correlation[set$eqmouse][row$eq1][rows$eq1]",
      'Cannot find parameter "rows" of mouse_correlation; near it: "row"',
    ],
    ["mouse_correlation[set$eqmouse][row$eq1][constructor$eq1]", 'Cannot find parameter "constructor"'],
    ["mouse_correlation[set$eqmouse][row$eq1][row$eq1]", "Cannot take row twice"],
    ["mouse_correlation[set$eqmouse][row$eq1,2]", "Cannot take 2 values of row; give one value"],
    ["mouse_correlation[set$eqmice][row$eq1]", 'Cannot use set "mice"; give mouse or mouse_coronal'],
    ["mouse_correlation[set$eqmouse][row$eq1.5]", 'Cannot use row "1.5"; give a whole number'],
    ["mouse_correlation[set$eqmouse][row$eq99999999999999999999]", "give a whole number"],
    ["mouse_correlation[set$eqmouse][row$gt1]", "give it as [row$eq…]"],
    ["mouse_correlation[set$eqmouse][row]", "give it as [row$eq…]"],
    ["mouse_correlation[set$eqmouse][row$eq1][num_rows$eqall]", 'Cannot use num_rows "all"'],
    ["mouse_connectivity_injection_coordinate[seed_point$eq1,2]", "Cannot take 2 values of seed_point; give 3 values"],
    ["mouse_connectivity_injection_coordinate[seed_point$eqNaN,2,3]", 'Cannot use seed_point "NaN"; give a number'],
    ["mouse_connectivity_injection_coordinate[seed_point$eqInfinity,2,3]", "give a number"],
    ["mouse_connectivity_injection_coordinate[seed_point$eq1e999,2,3]", "give a number"],
    ["mouse_connectivity_injection_coordinate[seed_point$eq0x10,2,3]", "give a number"],
    ["mouse_connectivity_injection_coordinate[seed_point$eq1,2,3][primary_structure_only$eq1]", "give true or false"],
  ])("refuses %.100s", (text, message) => {
    expect(() => read(text)).toThrow(message);
    expect(() => read(text)).toThrow(QueryError);
  });

  test("refuses a page before the first row", () => {
    expect(() => pageOf(read("mouse_correlation[set$eqmouse][row$eq1][start_row$eq-1]"))).toThrow(
      "Cannot use start_row -1",
    );
  });

  test("reads any text as a value, or refuses it", () => {
    checkProperty(
      fc.property(
        fc.string().filter((text) => !text.includes("'")),
        (text) => {
          for (const name of ["set", "row", "structures", "sort_order", "num_rows"]) {
            const given = { set: "mouse", row: "1", [name]: text };
            const filters = Object.entries(given).map(([each, value]) => `[${each}$eq'${value}']`);
            try {
              const values = read(`mouse_correlation${filters.join("")}`).all(name);
              expect(values).toHaveLength(1);
            } catch (error) {
              expect(error).toBeInstanceOf(QueryError);
            }
          }
        },
      ),
    );
  });
});
