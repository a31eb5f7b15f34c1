import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { describeRecorded, recording } from "../../../../tests/support/recordings.ts";
import { createCatalogue } from "../records/catalogue.ts";
import { schemaJson, schemaXml } from "./schema-answer.ts";

const CATALOGUE = createCatalogue([{ table: "organisms", column: "later_column", type: "text" }]);

interface Member {
  readonly name: string;
  readonly type: string;
}

interface Model {
  readonly fields: readonly (Member & Record<string, string>)[];
  readonly associations: readonly (Member & Record<string, string>)[];
  readonly table: string;
}

/** Models by name, whether or not they are wrapped: the first of the recording is not. */
function modelsOf(text: string): Map<string, Model> {
  const { msg } = JSON.parse(text) as { msg: Record<string, unknown>[] };
  // A listing holds nothing else.
  return new Map(msg.flatMap((entry) => Object.entries((entry.DataDescription ?? entry) as Record<string, Model>)));
}

describe("schemaJson()", () => {
  test("lists columns, those that rows brought too", () => {
    const { fields = [], table } = modelsOf(schemaJson(CATALOGUE, ["Organism"])).get("Organism") ?? {};
    expect([fields[0]?.name, fields.at(-1)?.name, table]).toEqual(["id", "later_column", "organisms"]);
  });

  test("refuses a model that there is not", () => {
    expect(() => schemaJson(CATALOGUE, ["valueOf"])).toThrow("unknown");
  });
});

test("schemaXml() says what schemaJson() says", () => {
  const xml = schemaXml(CATALOGUE, CATALOGUE.models);
  const count = (element: string): number => xml.split(`<${element} name=`).length - 1;
  const models = [...modelsOf(schemaJson(CATALOGUE, CATALOGUE.models)).values()];
  const sum = (counts: readonly number[]): number => counts.reduce((all, each) => all + each, 0);
  expect(count("field")).toBe(sum(models.map(({ fields }) => fields.length)));
  expect(count("association")).toBe(sum(models.map(({ associations }) => associations.length)));
});

describeRecorded("the recorded listing", () => {
  test("names models, columns and associations that are listed alike", async () => {
    const recorded = modelsOf(await readFile(recording("recorded/enumerate_2013.json"), "utf8"));
    const listed = modelsOf(schemaJson(CATALOGUE, CATALOGUE.models));
    const retyped: string[] = [];
    let other = 0;
    let all = 0;
    for (const [name, model] of recorded) {
      const ours = listed.get(name);
      expect(ours?.table).toBe(model.table);
      expect(ours?.associations).toEqual(expect.arrayContaining([...model.associations]));
      for (const field of model.fields) {
        const same = ours?.fields.find((each) => each.name === field.name);
        // Columns that later answers lack are no longer listed.
        if (same === undefined) continue;
        all += 1;
        if (same.type !== field.type) retyped.push(`${name}.${field.name}`);
        if (JSON.stringify(same) !== JSON.stringify(field)) other += 1;
      }
    }
    expect(all).toBeGreaterThan(700);
    // Later answers have fractions in it.
    expect(new Set(retyped.map((name) => name.split(".")[1]))).toEqual(new Set(["section_thickness"]));
    // What the rules for null and limits do not hold for, and the retyped ones.
    expect(other).toBeLessThan(30);
  });

  test("has elements in the form written here", async () => {
    const recorded = await readFile(recording("real/rma/data-model-2013.xml"), "utf8");
    const model = (xml: string, name: string): string => xml.slice(xml.indexOf(`<${name}>`), xml.indexOf(`</${name}>`));
    const xml = schemaXml(CATALOGUE, ["ManualAnnotation"]);
    expect(model(xml, "ManualAnnotation")).toBe(model(recorded, "ManualAnnotation"));
    expect(xml.slice(0, 70)).toBe(recorded.slice(0, 70));
    expect(xml.endsWith("</DataDescription></DataDescriptions></Response>")).toBe(true);
    expect(recorded.endsWith("</DataDescription></DataDescriptions></Response>")).toBe(true);
  });
});
