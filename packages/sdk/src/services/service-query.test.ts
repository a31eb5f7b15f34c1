import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import type { Query, Value } from "../rma/ast.ts";
import { rma } from "../rma/builder.ts";
import { parseRma } from "../rma/parse.ts";
import * as services from "./index.ts";
import { SERVICES, type ServiceParameter, serviceQuery } from "./index.ts";
import { toCamelCase } from "./service-query.ts";

const functions = new Map(Object.entries<unknown>(services));

/** A query whose bare words are texts: the documentation leaves quotes out here and there. */
function plain({ stages }: Query): unknown {
  const text = (value: Value): unknown => (value.kind === "word" ? { kind: "string", value: value.text } : value);
  return stages.map((stage) =>
    stage.kind === "service"
      ? { ...stage, filters: stage.filters.map((each) => ({ ...each, values: each.values.map(text) })) }
      : stage,
  );
}

test.each([
  [
    services.humanMicroarrayExpression({ probes: [1023146, 1023147], donors: 15496, structures: [9148] }),
    "service::human_microarray_expression[probes$eq1023146,1023147][donors$eq15496][structures$eq9148]",
  ],
  [
    services.mouseDifferential({ set: "mouse", structures1: [8], structures2: [315] }),
    "service::mouse_differential[set$eq'mouse'][structures1$eq8][structures2$eq315]",
  ],
  [
    services.mouseCorrelation({ set: "mouse", row: 68918934 }),
    "service::mouse_correlation[set$eqmouse][row$eq68918934]",
  ],
  [
    services.mouseAgea({
      set: "mouse_coronal",
      seedAge: "P56",
      mapAge: "P56",
      seedPoint: [6800, 4200, 5600],
      correlationThreshold1: 0.84,
      correlationThreshold2: 0.93,
    }),
    "service::mouse_agea[set$eqmouse_coronal][seed_age$eqP56][map_age$eqP56][seed_point$eq6800,4200,5600][correlation_threshold1$eq0.84][correlation_threshold2$eq0.93]",
  ],
  [
    services.mouseConnectivityInjectionStructure({ injectionDomain: "Isocortex", transgenicLines: 0 }),
    "service::mouse_connectivity_injection_structure[injection_domain$eqIsocortex][transgenic_lines$eq0]",
  ],
  [
    services.mouseConnectivityInjectionStructure({ injectionStructures: "Isocortex", primaryStructureOnly: true }),
    "service::mouse_connectivity_injection_structure[injection_structures$eqIsocortex][primary_structure_only$eqtrue]",
  ],
  [
    services.mouseConnectivityTargetSpatial({ seedPoint: [6900, 5050, 6450] }),
    "service::mouse_connectivity_target_spatial[seed_point$eq6900,5050,6450]",
  ],
  [
    services.mouseConnectivityInjectionCoordinate({ seedPoint: [6900, 5050, 6450] }),
    "service::mouse_connectivity_injection_coordinate[seed_point$eq6900,5050,6450]",
  ],
  [
    services.mouseConnectivityCorrelation({ row: 112670853, structures: "TH" }),
    "service::mouse_connectivity_correlation[row$eq112670853][structures$eqTH]",
  ],
  [
    services.devHumanCorrelation({ set: "rna_seq_genes", probes: 1090294, structures: "CBC" }),
    "service::dev_human_correlation[set$eqrna_seq_genes][probes$eq1090294][structures$eq'CBC']",
  ],
  [services.textSearch({ queryString: "abat" }), "service::text_search[query_string$eq'abat']"],
])("%s is the documented query", (query, documented) => {
  expect(plain(query.toQuery())).toEqual(plain(parseRma(documented)));
});

describe("SERVICES", () => {
  test("has a function for each of the 30, which prints its name", () => {
    expect(Object.keys(SERVICES)).toHaveLength(30);
    for (const { name, parameters } of Object.values(SERVICES)) {
      const ask = functions.get(toCamelCase(name)) as typeof services.textSearch; // Each gets its own parameters.
      const given = Object.fromEntries(parameters.map((each) => [toCamelCase(each.name), someValue(each)]));
      const query = String(ask(given as never));
      expect(query.startsWith(`service::${name}[`)).toBe(true);
      expect(query).toBe(String(serviceQuery(name, Object.fromEntries(parameters.map((p) => [p.name, someValue(p)])))));
    }
  });

  test("has no default and no words that its own check refuses", () => {
    for (const { name, parameters } of Object.values(SERVICES)) {
      for (const { words = [], default: given, type } of parameters) {
        expect(["int", "float", "str", "bool", "key"], name).toContain(type);
        if (given !== undefined && words.length > 0) expect(words, name).toContain(given);
      }
    }
  });
});

/** Some value that a parameter takes. */
function someValue({ type, words, isList, length = 1 }: ServiceParameter): unknown {
  const single = words?.[0] ?? { int: 1, float: 0.5, str: "a", bool: true, key: "TH" }[type];
  return isList ? Array.from({ length }, () => single) : single;
}

test("serviceQuery() prints what the grammar reads again, whatever the values", () => {
  const parameters = fc.record({
    row: fc.integer(),
    structures: fc.array(
      fc.oneof(
        fc.nat(),
        fc.string().filter((text) => text.trim() !== "" && !text.includes("'")),
      ),
      { minLength: 1 },
    ),
    primary_structure_only: fc.boolean(),
  });
  checkProperty(
    fc.property(parameters, (given) => {
      const query = serviceQuery("mouse_connectivity_correlation", given);
      expect(parseRma(String(query))).toEqual(query.toQuery());
    }),
  );
});

test("serviceQuery() takes a variable of a pipe before", () => {
  const query = rma.pipeline(
    rma("Probe").where("name", "eq", "A"),
    rma.list({ probes: "id" }),
    services.humanMicroarrayExpression({ probes: rma.variable("probes") }),
  );
  expect(String(query)).toBe(
    "model::Probe,rma::criteria,[name$eq'A'],pipe::list[probes$is'id'],service::human_microarray_expression[probes$eq$probes]",
  );
});

test("maxRows bounds the rows", () => {
  expect(services.mouseCorrelation({ set: "mouse", row: 1 }, { maxRows: 5 }).maxRows).toBe(5);
  expect(services.mouseCorrelation({ set: "mouse", row: 1, numRows: undefined }).maxRows).toBeUndefined();
  expect(() => services.mouseCorrelation({ set: "mouse", row: 1 }, { maxRows: -1 })).toThrow(RangeError);
});

const differential = { set: "mouse", structures1: [8], structures2: [315] };
const spatial = { seed_point: [1, 2, 3] };

test.each([
  ["mouse_diferential", {}, RangeError, 'Cannot ask service "mouse_diferential"; give "mouse_differential"'],
  ["constructor", {}, RangeError, 'Cannot ask service "constructor"; give one of SERVICES'],
  [
    "mouse_differential",
    { ...differential, structure1: 8 },
    TypeError,
    'Cannot use parameter "structure1" of mouse_differential; give "structures1"',
  ],
  [
    "text_search",
    { num_rows: 5 },
    TypeError,
    'Cannot use parameter "num_rows" of text_search; give some of: query_string, k',
  ],
  [
    "mouse_differential",
    { structures1: 8, structures2: 8 },
    TypeError,
    "Cannot ask mouse_differential without set; give it: mouse, mouse_coronal",
  ],
  ["mouse_differential", { ...differential, set: "mousse" }, RangeError, 'Cannot use set "mousse"; give "mouse"'],
  ["mouse_differential", { ...differential, set: 1 }, TypeError, "Cannot use set 1; give text"],
  [
    "mouse_differential",
    { ...differential, structures1: [] },
    RangeError,
    "Cannot use structures1 []; give at least one value",
  ],
  [
    "mouse_differential",
    { ...differential, structures1: ["8"] },
    TypeError,
    'Cannot use structures1 "8"; give a number',
  ],
  [
    "mouse_differential",
    { ...differential, structures1: 8.5 },
    RangeError,
    "Cannot use structures1 8.5; give a whole number",
  ],
  [
    "mouse_differential",
    { ...differential, structures1: null },
    TypeError,
    "Cannot use structures1 null; give a number",
  ],
  [
    "mouse_differential",
    { ...differential, threshold1: [50] },
    RangeError,
    "Cannot use threshold1 [50]; give 2 numbers",
  ],
  [
    "mouse_differential",
    { ...differential, num_rows: 0 },
    RangeError,
    "Cannot use num_rows 0; give a whole number of 1 or more",
  ],
  [
    "mouse_differential",
    { ...differential, start_row: -1 },
    RangeError,
    "Cannot use start_row -1; give a whole number of 0 or more",
  ],
  ["mouse_correlation", { set: "mouse", row: [1] }, TypeError, "Cannot use row [1]; give one value, and not a list"],
  [
    "mouse_connectivity_target_spatial",
    { seed_point: [1, 2] },
    RangeError,
    "Cannot use seed_point [1,2]; give 3 numbers",
  ],
  [
    "mouse_connectivity_target_spatial",
    { seed_point: [1, 2, Number.NaN] },
    RangeError,
    "Cannot use seed_point NaN; give a finite number",
  ],
  [
    "mouse_connectivity_target_spatial",
    { ...spatial, transgenic_lines: [true] },
    TypeError,
    "Cannot use transgenic_lines true; give an id or an acronym",
  ],
  [
    "mouse_connectivity_target_spatial",
    { ...spatial, primary_structure_only: "yes" },
    TypeError,
    'Cannot use primary_structure_only "yes"; give true or false',
  ],
  [
    "mouse_connectivity_injection_structure",
    {},
    TypeError,
    "Cannot ask mouse_connectivity_injection_structure without a structure; give injection_structures or injection_domain",
  ],
  [
    "text_search",
    { query_string: "'" },
    RangeError,
    'Cannot use "\'": a query has no way to write a single quote; use $li with * in its place',
  ],
])("serviceQuery(%j, %j) is refused", (name, parameters, type, message) => {
  expect(() => serviceQuery(name, parameters)).toThrow(new (type as ErrorConstructor)(message));
});

test("the functions speak of parameters as they spell them", () => {
  const ask = services.mouseConnectivityTargetSpatial as (parameters: object) => unknown;
  expect(() => ask({})).toThrow("Cannot ask mouse_connectivity_target_spatial without seedPoint; give it");
  expect(() => ask({ seed_point: [1, 2, 3] })).toThrow(
    'Cannot use parameter "seed_point" of mouse_connectivity_target_spatial; give "seedPoint"',
  );
});
