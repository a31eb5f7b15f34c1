// Any query of the sample gives the same rows in pages of any size, and in every form.
import { createMirror, SAMPLE_BASE_URL, sampleStore } from "@brainatlas/mirror";
import { BrainAtlas } from "@brainatlas/sdk";
import { type ModelQuery, rma, type UntypedModel } from "@brainatlas/sdk/rma";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readRows } from "../support/plain-xml.ts";
import { checkAsyncProperty } from "../support/property.ts";

type Row = Readonly<Record<string, unknown>>;

const allen = new BrainAtlas({
  baseUrl: SAMPLE_BASE_URL,
  fetch: createMirror({ store: sampleStore() }).fetch,
  retries: 0,
});

const MODELS = {
  Structure: {
    numbers: ["id", "depth", "graph_order", "atlas_id"],
    texts: ["acronym", "name"],
    include: "parent_structure",
  },
  Gene: { numbers: ["id", "entrez_id", "organism_id"], texts: ["acronym", "name"], include: "products" },
  SectionDataSet: { numbers: ["id", "plane_of_section_id"], texts: ["storage_directory"], include: "genes" },
  SectionImage: { numbers: ["id", "section_number", "width"], texts: ["path"], include: "alignment2d" },
  Age: { numbers: ["id", "days"], texts: ["name"], include: "organism" },
} as const;

/** A query of a model, by conditions, orders and columns that mean something there. */
const queryArbitrary = fc.constantFrom(...(Object.keys(MODELS) as (keyof typeof MODELS)[])).chain((model) => {
  const { numbers, texts, include } = MODELS[model];
  const columns = fc.constantFrom<string>(...numbers, ...texts);
  return fc
    .record({
      bound: fc.option(fc.tuple(fc.constantFrom(...numbers), fc.constantFrom("ge", "lt", "ne"), fc.nat(1500))),
      pattern: fc.option(
        fc.tuple(fc.constantFrom(...texts), fc.constantFrom("li", "il"), fc.constantFrom("a", "S", "1", "e")),
      ),
      order: fc.array(fc.tuple(columns, fc.constantFrom("asc" as const, "desc" as const)), { maxLength: 2 }),
      only: fc.option(fc.uniqueArray(columns, { minLength: 1, maxLength: 3 })),
    })
    .map(({ bound, pattern, order, only }) => {
      let query: ModelQuery<UntypedModel, Row> = rma.untyped(model);
      if (bound !== null) query = query.where(bound[0], bound[1] as "ge", bound[2] as never);
      if (pattern !== null) query = query.where(pattern[0], pattern[1] as "li", `*${pattern[2]}*` as never);
      for (const [column, direction] of order) query = query.orderBy(column, direction);
      // Rows are known by their ids.
      if (only !== null) query = query.only("id", ...only);
      return { query, include };
    });
});

async function textOf(query: ModelQuery<UntypedModel, Row>, format: "json" | "xml"): Promise<string> {
  return new TextDecoder().decode((await allen.query(query.numRows("all"), { format })).bytes());
}

test("rows() in pages of any size are those of one answer", async () => {
  const property = fc.asyncProperty(
    queryArbitrary,
    fc.boolean(),
    fc.integer({ min: 7, max: 300 }),
    async ({ query, include }, isIncluded, pageSize) => {
      const whole = isIncluded ? query.include(include) : query;
      const { msg } = JSON.parse(await textOf(whole, "json")) as { msg: Row[] };
      expect(await allen.rows(whole, { pageSize }).all()).toEqual(msg);
      expect(await allen.rows(whole).count()).toBe(msg.length);
    },
  );
  await checkAsyncProperty(property, 80);
});

test("rows are the same in JSON, CSV and XML", async () => {
  let filled = 0;
  const property = fc.asyncProperty(queryArbitrary, async ({ query }) => {
    const { msg } = JSON.parse(await textOf(query, "json")) as { msg: Row[] };
    const asText = (isShort: boolean): unknown[] =>
      msg.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => {
            const text = value === null ? "" : String(value);
            return [name, isShort && typeof value === "boolean" ? text.slice(0, 1) : text];
          }),
        ),
      );
    const csv: unknown[] = [];
    for await (const row of allen.csv(query)) csv.push({ ...row });
    expect(csv).toEqual(asText(true));
    // Numbers are written in another way there: `1.0` for 1.
    const plain = (row: Row): Row =>
      Object.fromEntries(
        Object.entries(row).map(([name, text]) => [
          name,
          /^-?\d+\.0$/.test(String(text)) ? String(Number(text)) : text,
        ]),
      );
    expect(readRows(await textOf(query, "xml")).map(plain)).toEqual(asText(false));
    if (msg.length > 0) filled += 1;
  });
  await checkAsyncProperty(property, 80);
  expect(filled).toBeGreaterThan(20);
});
