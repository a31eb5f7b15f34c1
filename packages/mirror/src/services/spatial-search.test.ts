import { parseRma, type ServiceStage } from "@brainatlas/sdk/rma";
import { afterAll, expect, test } from "vitest";
import { QueryTimeError } from "../records/reader.ts";
import { RecordDatabase } from "../records/record-database.ts";
import { writeRows } from "../records/write-rows.ts";
import { completeLimits } from "../rma/limits.ts";
import { UnsupportedStageError } from "../rma/result.ts";
import type { ServiceAnswer } from "../rma/service-answer.ts";
import { type DensityGrid, densityAt } from "./density-grid.ts";
import { createServiceRunner } from "./run-service.ts";
import type { HeldDensity, ReadDensity } from "./service.ts";

const database = RecordDatabase.create();
afterAll(() => database.close());

const place = { injection_x: 950, injection_y: 50, injection_z: 50 };
writeRows(database, [
  { model: "Structure", row: { id: 997, acronym: "root", graph_id: 1, parent_structure_id: null } },
  ...[1, 2, 3, 4].map((id) => ({
    model: "ApiConnectivity",
    row: { data_set_id: id, structure_id: 997, injection_volume: 1, ...(id === 3 ? { injection_x: null } : place) },
  })),
]);

/** A row of ten voxels of one density. */
function gridOf(density: number): HeldDensity {
  const grid: DensityGrid = { data: new Array(10).fill(density), size: [10, 1, 1], spacingUm: [100, 100, 100] };
  return { at: async (point) => densityAt(grid, point), grid: async () => grid };
}

async function search(readDensity: ReadDensity, text = "[seed_point$eq650,50,50]", signal?: AbortSignal) {
  const run = createServiceRunner({ database, limits: completeLimits({ timeLimitMs: 1000 }), readDensity });
  const { stages } = parseRma(`service::mouse_connectivity_target_spatial${text}`);
  return await run(stages[0] as ServiceStage, signal);
}

const DENSITIES = [0.1, 0.0999, 0.7];
const readDensity: ReadDensity = async (id) => {
  const density = DENSITIES[id - 1];
  return density === undefined ? undefined : gridOf(density);
};

const rowsOf = ({ serviceRows }: ServiceAnswer) =>
  serviceRows.map(({ id, density, path }) => [
    id,
    density,
    (path as { coord: number[] }[]).map(({ coord }) => coord[0]),
  ]);

test("mouse_connectivity_target_spatial gives what is dense enough, the densest first, with the way to the injection", async () => {
  expect(rowsOf(await search(readDensity))).toEqual([
    [3, 0.7, []], // Where it was injected is not recorded.
    [1, 0.1, [650, 750, 850, 950]],
  ]);
  expect(rowsOf(await search(readDensity, "[seed_point$eq650,50,50][section_data_set$eq1]"))).toHaveLength(1);
  const page = await search(readDensity, "[seed_point$eq650,50,50][num_rows$eq1][start_row$eq1]");
  expect(page).toMatchObject({ startRow: 1, totalRows: 2, serviceRows: [{ id: 1 }] });
});

test.each(["[seed_point$eq-1,50,50]", "[seed_point$eq1e300,50,50]", "[seed_point$eq50,50,50][transgenic_lines$eq5]"])(
  "mouse_connectivity_target_spatial finds nothing by %s",
  async (text) => {
    expect(await search(readDensity, text)).toEqual({ startRow: 0, totalRows: 0, serviceRows: [] });
  },
);

test("mouse_connectivity_target_spatial takes no number for no projection, and reads the grids of what it finds alone", async () => {
  const read: number[] = [];
  const densities = [Number.NaN, 0.05, 0.5];
  const found = await search(
    async (id) => ({
      at: async () => densities[id - 1] ?? 0,
      grid: async () => {
        read.push(id);
        return await gridOf(1).grid();
      },
    }),
    "[seed_point$eq650,50,50]",
  );
  expect(found.serviceRows.map(({ id }) => id)).toEqual([3]);
  // Where it was injected is not recorded, so that there is no way to look for.
  expect(read).toEqual([]);
  await search(async (id) =>
    id === 1 ? gridOf(0.2) : { at: async () => 0, grid: () => Promise.reject(new Error("unwanted")) },
  );
});

test("mouse_connectivity_target_spatial without grids is not mirrored", async () => {
  await expect(search(async () => undefined)).rejects.toThrow(UnsupportedStageError);
  await expect(search(async () => undefined)).rejects.toThrow("holds no grid of projection density");
});

test("mouse_connectivity_target_spatial ends in time, and when it is told to, without a connection on loan", async () => {
  const slow: ReadDensity = async () => {
    const end = performance.now() + 600;
    while (performance.now() < end);
    return gridOf(1);
  };
  await expect(search(slow)).rejects.toThrow(QueryTimeError);
  const leaving = new AbortController();
  const leave: ReadDensity = async () => {
    // All connections are to be had while grids are read.
    await Promise.all([1, 2, 3, 4].map(() => database.read(async () => undefined)));
    leaving.abort(new Error("enough"));
    return gridOf(1);
  };
  await expect(search(leave, undefined, leaving.signal)).rejects.toThrow("enough");
});
