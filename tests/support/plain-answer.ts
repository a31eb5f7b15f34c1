import type { ModelStage } from "@brainatlas/sdk/rma";
import { type Given, mergeTree, type Place, resolve, type Test, testsOf, ways } from "./plain-places.ts";
import type { Cell, Model, Row, World } from "./plain-worlds.ts";

// The answer to a query by the plainest computation, to compare the engine's with.

export function computeAnswer(world: World, stage: ModelStage): { rows: unknown[]; total: number } {
  const places = mergeTree(stage);
  const [root] = places as [Place];
  const tests = testsOf(places);
  for (const test of tests) {
    for (const place of test.places) {
      for (let each: Place | undefined = place; each !== undefined; each = each.parent) each.isRequired = true;
    }
  }
  const required = places.filter(({ isRequired }) => isRequired);
  const keys = (stage.options.order ?? []).map((each) => ({
    ...each,
    ...(resolve(each.column, root, places) as { place: Place }),
  }));
  const tabular = stage.options.tabular?.map(
    ({ column }) => resolve(column, root, places) as { place: Place; column: string },
  );
  const used = new Set([root, ...[...keys, ...(tabular ?? [])].flatMap(({ place }) => pathOf(place))]);
  const joined = places.filter((place) => place.isRequired || used.has(place));
  const start = (world.tables[root.model.table] ?? []).filter(
    (row) => root.model.classes?.includes(String(row.record_class)) ?? true,
  );
  const all = start.flatMap((row) => ways(world, root, row, joined, tests));
  const keyOf = (given: Given) =>
    keys.map(({ place, column }) => given[place.index]?.[column.split(".")[1] ?? column] ?? null);
  const idsOf = (given: Given) =>
    [...used].sort((one, other) => one.index - other.index).map((place) => Number(given[place.index]?.id ?? -1));
  const isDistinct = stage.options.tabular?.some(({ distinct }) => distinct) ?? false;
  const flat = (given: Given) => (tabular ?? []).map(({ place, column }) => given[place.index]?.[column] ?? null);
  const groups = new Map<string, Given[]>();
  for (const given of all) {
    const group =
      tabular === undefined ? String(given[0]?.id) : JSON.stringify(isDistinct ? flat(given) : idsOf(given));
    groups.set(group, [...(groups.get(group) ?? []), given]);
  }
  const entries = [...groups.values()].map((list) => ({
    given: list[0] as Given,
    keys: keys.map((_, index) => list.map((given) => keyOf(given)[index] ?? null).reduce(least)),
    id: Math.min(...list.map((given) => Number(given[0]?.id))),
  }));
  entries.sort((one, other) => {
    for (const [index, { descending }] of keys.entries()) {
      const order = compareKeys(one.keys[index] ?? null, other.keys[index] ?? null) * (descending ? -1 : 1);
      if (order !== 0) return order;
    }
    return one.id - other.id;
  });
  const { numRows = 50, startRow = 0 } = stage.options;
  const page = entries.slice(startRow, numRows === "all" ? undefined : startRow + numRows);
  const rows = page.map(({ given }) =>
    tabular === undefined ? nested(world, root, given[0] as Row, places, required, tests) : flat(given),
  );
  return { rows, total: entries.length };
}

function pathOf(place: Place): Place[] {
  return place.parent === undefined ? [place] : [place, ...pathOf(place.parent)];
}

function least(one: Cell, other: Cell): Cell {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

function compareKeys(one: Cell, other: Cell): number {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? 1 : -1;
  return one < other ? -1 : 1;
}

function nested(
  world: World,
  place: Place,
  row: Row,
  places: readonly Place[],
  required: readonly Place[],
  tests: readonly Test[],
): unknown {
  const own = Object.fromEntries(Object.keys(place.model.columns).map((name) => [name, row[name] ?? null]));
  const below = places.filter(({ parent, isIncluded }) => parent === place && isIncluded);
  const includes = below.map((child) => {
    const { find, isMany } = place.model.associations[child.name] as {
      find: Model["associations"][string]["find"];
      isMany: boolean;
    };
    const rows = find(row, world)
      .filter((each) => ways(world, child, each, required, tests).length > 0)
      .map((each) => nested(world, child, each, places, required, tests));
    return [child.name, isMany ? rows : (rows[0] ?? null)];
  });
  return { ...own, ...Object.fromEntries(includes) };
}
