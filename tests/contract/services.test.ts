import { createMirror, SAMPLE_BASE_URL, sampleStore } from "@brainatlas/mirror";
import { BrainAtlas } from "@brainatlas/sdk";
import { manualAnnotations } from "@brainatlas/sdk/queries";
import { rma } from "@brainatlas/sdk/rma";
import * as services from "@brainatlas/sdk/services";
import { describe, expect, test } from "vitest";

// What the client asks the connected services for, and what the mirror computes of the sample atlas, belong together.

const mirror = createMirror({ store: sampleStore() });
const client = new BrainAtlas({ baseUrl: SAMPLE_BASE_URL, fetch: mirror.fetch, retries: 0 });

describe("rows() of a service", () => {
  test.each([
    services.mouseConnectivityInjectionStructure({
      injectionDomain: "Isocortex",
      targetDomain: "TH",
      transgenicLines: 0,
    }),
    services.mouseConnectivityInjectionCoordinate({ seedPoint: [6900, 5050, 6450] }),
    services.mouseConnectivityTargetSpatial({ seedPoint: [6900, 5050, 6450] }),
    services.mouseConnectivityCorrelation({ row: 112670853, structures: "TH" }),
    services.mouseDifferential({ set: "mouse", structures1: [8], structures2: [315] }),
  ])("%s gives the same whatever the size of a page", async (query) => {
    const all = await client.rows<unknown>(query).all();
    expect(all.length).toBeGreaterThan(1);
    for (const pageSize of [1, all.length - 1, all.length, all.length + 1]) {
      expect(await client.rows<unknown>(query, { pageSize }).all()).toEqual(all);
    }
    expect(await client.rows<unknown>(query).first()).toEqual(all[0]);
    expect(await client.rows<unknown>(query).count()).toBe(all.length);
  });

  test("has what its type promises", async () => {
    const [near] = await client
      .rows(services.mouseConnectivityInjectionCoordinate({ seedPoint: [6900, 5050, 6450] }))
      .all();
    const [x = 0, y = 0, z = 0] = near?.["injection-coordinates"] ?? [];
    expect(near?.distance).toBeCloseTo(Math.hypot(x - 6900, y - 5050, z - 6450), 6);
    const [through] = await client
      .rows(services.mouseConnectivityTargetSpatial({ seedPoint: [6900, 5050, 6450] }))
      .all();
    expect(through?.density).toBeGreaterThanOrEqual(0.1);
    expect(through?.path?.[0]?.coord).toHaveLength(3);
    const search = services.mouseConnectivityCorrelation({ row: 112670853, structures: "TH" });
    expect(await client.rows(search).first()).toMatchObject({ id: 112670853, correlation: 1 });
  });

  test("stops at maxRows, and may begin later", async () => {
    const parameters = { set: "mouse", structures1: [8], structures2: [315] } as const;
    const all = await client.rows(services.mouseDifferential(parameters)).all();
    const some = services.mouseDifferential({ ...parameters, startRow: 2, numRows: 3 }, { maxRows: 4 });
    expect(await client.rows(some).all()).toEqual(all.slice(2, 6));
  });

  test("feeds a query after it", async () => {
    const parameters = { set: "mouse", structures1: [8], structures2: [315], numRows: 5 } as const;
    const found = await client.rows(services.mouseDifferential(parameters, { maxRows: 5 })).all();
    const query = rma.pipeline(
      services.mouseDifferential(parameters),
      rma.list({ xids: "id" }),
      rma("SectionDataSet").where("id", "in", rma.variable("xids")).include("genes"),
    );
    const sets = await client.rows(query).all();
    expect(sets.map(({ id }) => id)).toEqual(found.map(({ id }) => id).sort((one, other) => one - other));
    expect(sets.every(({ genes }) => genes.length > 0)).toBe(true);
  });
});

describe("the annotated searches", () => {
  const high = { structures: 15565, intensityValues: "High" } as const;
  const idsOf = (rows: readonly { id: number }[]): number[] =>
    rows.map(({ id }) => id).sort((one, other) => one - other);

  test("give what the query of annotations gives", async () => {
    const searched = await client.annotatedDataSets(high);
    const queried = await client.rows(manualAnnotations.dataSets(15565, { intensity: "High" })).all();
    expect(searched.length).toBeGreaterThan(0);
    expect(idsOf(searched)).toEqual(idsOf(queried));
  });

  test("join conditions by or and by and", async () => {
    const other = { structures: 15566, densityValues: ["High", "Medium"] } as const;
    const [one, two] = [idsOf(await client.annotatedDataSets(high)), idsOf(await client.annotatedDataSets(other))];
    const either = [...new Set([...one, ...two])].sort((first, second) => first - second);
    expect(idsOf(await client.compoundAnnotatedDataSets({ or: [high, other] }))).toEqual(either);
    expect(idsOf(await client.compoundAnnotatedDataSets({ and: [high, other] }))).toEqual(
      one.filter((id) => two.includes(id)),
    );
    expect(idsOf(await client.compoundAnnotatedDataSets(high))).toEqual(one);
  });
});
