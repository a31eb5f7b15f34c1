import { afterAll, describe, expect, test } from "vitest";
import { createMirror } from "../mirror.ts";
import { RecordDatabase } from "../records/record-database.ts";
import { writeRows } from "../records/write-rows.ts";
import type { QueryLimits } from "../rma/result.ts";
import type { AtlasStore } from "../store/atlas-store.ts";

const database = RecordDatabase.create();
const empty = RecordDatabase.create();
afterAll(() => {
  database.close();
  empty.close();
});

const annotation = (
  id: number,
  set: number,
  structure: number,
  intensity: string,
  density: string,
  pattern: string,
) => ({
  model: "ManualAnnotation",
  row: {
    id,
    section_data_set_id: set,
    structure_id: structure,
    intensity_call: intensity,
    density_call: density,
    pattern_call: pattern,
  },
});

/** Data sets 1 to 4: an age each, and what was noted on the structures 10 and 20. */
writeRows(database, [
  ...["E11.5", "E13.5", "P4", "P4"].map((age, index) => {
    const id = index + 1;
    const donor = { id, age: { id: ["E11.5", "E13.5", "P4"].indexOf(age), name: age } };
    return { model: "SectionDataSet", row: { id, failed: false, specimen_id: id, specimen: { id, donor } } };
  }),
  annotation(1, 1, 10, "High", "High", "Full"),
  annotation(2, 1, 20, "Low", "Low", "Regional"),
  annotation(3, 2, 10, "Low", "High", "Gradient"),
  annotation(4, 3, 20, "High", "Low", "Full"),
  annotation(5, 4, 10, "Undetected", "Undetected", "Undetected"),
  annotation(6, 4, 20, "High", "Low", "Full"),
]);

function mirrorOf(records: RecordDatabase, queryLimits?: Partial<QueryLimits>) {
  const store: AtlasStore = {
    record: async () => undefined,
    records: async () => records,
    picture: async () => undefined,
    answer: async () => undefined,
    asset: async () => undefined,
    drawing: async () => undefined,
    close() {},
  };
  return createMirror({ store, queryLimits });
}
const mirror = mirrorOf(database);

const get = (search: string, parameters: Record<string, string>, init?: RequestInit): Promise<Response> =>
  mirror.fetch(`http://x/api/v2/${search}?${new URLSearchParams(parameters)}`, init);

async function ids(search: string, parameters: Record<string, string>): Promise<number[]> {
  const answer = (await (await get(search, parameters)).json()) as { success: boolean; msg: { id: number }[] };
  expect(answer).toMatchObject({ success: true, num_rows: answer.msg.length, total_rows: answer.msg.length });
  return answer.msg.map(({ id }) => id);
}

describe("annotated_section_data_sets", () => {
  test.each([
    [{ structures: "10" }, [1, 2, 4]],
    [{ structures: "10,20" }, [1, 2, 3, 4]],
    [{ structures: "10", intensity_values: "'High','Low'" }, [1, 2]],
    [{ structures: "10", intensity_values: "High,Low", density_values: "'High'", pattern_values: "'Gradient'" }, [2]],
    // One annotation meets all.
    [{ structures: "10,20", intensity_values: "'High'", density_values: "'Low'" }, [3, 4]],
    [{ structures: "10,20", age_names: "'P4','E11.5'" }, [1, 3, 4]],
    [{ structures: "10", age_names: "'13.5'" }, []],
    [{ structures: "30" }, []],
  ])("by %j finds %j", async (parameters, expected) => {
    expect(await ids("annotated_section_data_sets.json", parameters)).toEqual(expected);
    expect(await ids("annotated_section_data_sets", parameters)).toEqual(expected);
  });

  test("gives rows of data sets, in XML too", async () => {
    const xml = await (await get("annotated_section_data_sets.xml", { structures: "20", age_names: "'E11.5'" })).text();
    expect(xml).toBe(`<Response success='true' start_row='0' num_rows='1' total_rows='1'><section-data-sets>
  <section-data-set>
    <failed>false</failed>
    <id>1</id>
    <specimen-id>1</specimen-id>
  </section-data-set>
</section-data-sets>
</Response>`);
    const head = await get("annotated_section_data_sets.json", { structures: "20" }, { method: "HEAD" });
    expect([head.status, head.headers.get("x-brainatlas-source"), await head.text()]).toEqual([200, "computed", ""]);
  });

  test.each([
    [{}, "structures"],
    [{ structures: "" }, "structures"],
    [{ structures: "abc" }, "structures"],
    [{ structures: "1e999" }, "structures"],
    [{ structures: "10", intensity_values: "'Loud'" }, "Loud"],
    [{ structures: "10", intensity_values: "'High" }, "quote"],
    [{ structures: "10", intensity_values: "'Sky'" }, "intensity_values"],
    [{ structures: "10", pattern_values: "'x' or 1=1" }, "Error in query"],
    [{ structures: `10${",10".repeat(20_001)}` }, "20000"],
  ])("by %.60j is refused in the API's form", async (parameters, word) => {
    const response = await get("annotated_section_data_sets.json", parameters as Record<string, string>);
    expect(response.status).toBe(200);
    const answer = (await response.json()) as { success: boolean; msg: string };
    expect(answer).toMatchObject({ success: false, msg: expect.stringMatching(/^Error in query: /) });
    expect(answer.msg).toContain(word);
    expect(answer.msg.length).toBeLessThan(1000);
  });
});

describe("compound_annotated_section_data_sets", () => {
  test.each([
    [
      "[structures $in 10 : intensity_values $in 'High','Low'] or [structures $in 20 : intensity_values $in 'Low']",
      [1, 2],
    ],
    [
      "[structures $in 10 : intensity_values $in 'High','Low'] and [structures $in 20 : intensity_values $in 'Low']",
      [1],
    ],
    ["[structures $in 20 : pattern_values $in 'Full'] and [structures $in 10 : density_values $in 'Undetected']", [4]],
    ["[structures $in 10] and [structures $in 20] and [structures $in 10 : age_names $in 'P4']", [4]],
    ["[structures $in 10 : age_names $in 'E11.5','E13.5']", [1, 2]],
    ["[structures $in 10 : age_names $in 'E11.5'] and [structures $in 10 : age_names $in 'P4']", []],
    ["[structures $in 30] or [structures $in 31]", []],
  ])("%s finds %j", async (query, expected) => {
    expect(await ids("compound_annotated_section_data_sets.json", { query })).toEqual(expected);
  });

  test.each([
    "",
    "structures $in 10",
    "[structures $in 10] or",
    "[structures $in 10] xor [structures $in 20]",
    "[structures $in 10] and [structures $in 20] or [structures $in 30]",
    "[intensity_values $in 'High']",
    "[structures $in 10 : colour $in 'Red']",
    "[structures $in 10 : intensity_values $in 'High'",
    "[".repeat(10_000),
    Array(201).fill("[structures $in 10]").join(" or "),
  ])("%.70j is refused in the API's form", async (query) => {
    for (const format of ["json", "xml"]) {
      const response = await get(`compound_annotated_section_data_sets.${format}`, { query });
      expect(response.status).toBe(200);
      expect(await response.text()).toMatch(/^(?:\{"success": false|<Response success='false').*Error in query: /s);
    }
  });
});

test("annotated searches take each condition once, and each search one limit of time", async () => {
  const twice = await mirror.fetch("http://x/api/v2/annotated_section_data_sets.json?structures=10&structures=20");
  expect(await twice.json()).toMatchObject({ msg: expect.stringContaining("Cannot take structures twice") });
  const hurried = mirrorOf(database, { timeLimitMs: 5 });
  const query = Array(200).fill("[structures $in 10 : age_names $in 'E11.5']").join(" or ");
  const parameters = new URLSearchParams({ query });
  const late = await hurried.fetch(`http://x/api/v2/compound_annotated_section_data_sets.json?${parameters}`);
  expect(await late.json()).toMatchObject({ msg: expect.stringContaining("took longer than 5 ms") });
});

test("annotated searches have no CSV, and no other paths", async () => {
  for (const search of ["annotated_section_data_sets", "compound_annotated_section_data_sets"]) {
    expect((await get(`${search}.csv`, { structures: "10" })).status).toBe(400);
    expect((await get(`${search}.json/1`, { structures: "10" })).status).toBe(404);
    expect((await get(`${search}s.json`, { structures: "10" })).status).toBe(404);
  }
});

test("annotated searches without annotations are not mirrored", async () => {
  const url = "http://x/api/v2/annotated_section_data_sets.json?structures=10";
  const response = await mirrorOf(empty).fetch(url);
  expect([response.status, response.headers.get("x-brainatlas-reason")]).toEqual([404, "not-mirrored"]);
});
