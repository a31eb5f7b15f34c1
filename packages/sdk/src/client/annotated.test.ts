import { expect, test } from "vitest";
import { rejectionOf } from "../../../../tests/support/fault-server.ts";
import { parseAnnotatedParameters, parseAnnotatedQuery } from "../services/annotated-query.ts";
import { BrainAtlas } from "./brain-atlas.ts";

/** A client of a service that gives one data set; `asked` are the URLs. */
function serve(reply: object = { success: true, msg: [{ id: 100055044, failed: false }] }) {
  const asked: URL[] = [];
  const fetch = async (url: string): Promise<Response> => {
    asked.push(new URL(url));
    return Response.json(reply);
  };
  return { client: new BrainAtlas({ fetch }), asked };
}

test("annotatedDataSets() asks for one condition", async () => {
  const { client, asked } = serve();
  const rows = await client.annotatedDataSets({
    structures: 112763676,
    intensityValues: ["High", "Low", "Medium"],
    densityValues: ["High", "Low"],
    patternValues: "Full",
    ageNames: ["E11.5", "E13.5"],
  });
  expect(rows.map(({ id }) => id)).toEqual([100055044]);
  expect(decodeURIComponent(asked[0]?.href ?? "")).toBe(
    "https://api.brain-map.org/api/v2/annotated_section_data_sets.json?structures=112763676&intensity_values='High','Low','Medium'&density_values='High','Low'&pattern_values='Full'&age_names='E11.5','E13.5'",
  );
  expect(parseAnnotatedParameters(asked[0]?.searchParams ?? [])).toMatchObject({ patternValues: ["Full"] });
});

test("compoundAnnotatedDataSets() asks for several", async () => {
  const { client, asked } = serve();
  const or = [
    { structures: 112763676, intensityValues: ["High", "Low"] },
    { structures: 112763686, intensityValues: "Low" },
  ] as const;
  await client.compoundAnnotatedDataSets({ or });
  expect(asked[0]?.pathname).toBe("/api/v2/compound_annotated_section_data_sets.json");
  const text = asked[0]?.searchParams.get("query") ?? "";
  expect(text).toBe(
    "[structures $in 112763676 : intensity_values $in 'High','Low'] or [structures $in 112763686 : intensity_values $in 'Low']",
  );
  expect(parseAnnotatedQuery(text)).toMatchObject({ operator: "or", conditions: [{}, {}] });
});

test("annotatedDataSets() refuses what is no condition before it asks, and says what the service says", async () => {
  const { client, asked } = serve();
  const refused = await rejectionOf(client.annotatedDataSets({ structures: 8, intensityValues: "Hihg" as "High" }));
  expect(refused).toBeInstanceOf(RangeError);
  expect(refused).toMatchObject({ message: 'Cannot use intensityValues "Hihg"; give "High"' });
  expect(asked).toEqual([]);
  const failing = serve({ success: false, msg: "no" }).client;
  expect(await rejectionOf(failing.annotatedDataSets({ structures: 8 }))).toMatchObject({ code: "ATLAS_API" });
  expect(await serve({ success: true, msg: {} }).client.annotatedDataSets({ structures: 8 })).toEqual([]);
});
