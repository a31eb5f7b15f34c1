import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkAsyncProperty } from "../../../../tests/support/property.ts";
import { rma } from "../rma/builder.ts";
import type { TypedQuery } from "../rma/builder-stages.ts";
import { parseRma } from "../rma/parse.ts";
import { SERVICES } from "../services/service-table.ts";
import { BrainAtlas } from "./brain-atlas.ts";
import type { AtlasEvent } from "./event.ts";
import type { RowsOptions } from "./rows.ts";

/** How a service differs from one that does as it is told. */
interface Manner {
  readonly ignoresStart?: boolean;
  readonly ignoresSize?: boolean;
  /** Most rows of an answer, whatever is asked. */
  readonly most?: number;
  /** How often it fails before it answers. */
  readonly failures?: number;
  /** Whether ties come in another order each time. */
  readonly turns?: boolean;
}

/** A client of a service that has these rows; `asked` are its queries. */
function serve(rows: readonly object[], manner: Manner = {}) {
  const asked: string[] = [];
  const events: AtlasEvent[] = [];
  let failures = manner.failures ?? 0;
  const fetch = async (url: string): Promise<Response> => {
    const text = new URL(url).searchParams.get("criteria") ?? "";
    asked.push(text);
    failures -= 1;
    if (failures >= 0) return Response.json({ success: false, msg: "Informatics service request failed." });
    const count = (name: string, otherwise: number): number =>
      Number(new RegExp(`\\[${name}\\$eq(\\d+)\\]`).exec(text)?.[1] ?? otherwise);
    const start = manner.ignoresStart ? 0 : count("start_row", 0);
    const size = Math.min(manner.ignoresSize ? Number.POSITIVE_INFINITY : count("num_rows", 2000), manner.most ?? 1e9);
    const page = rows.slice(start, start + size);
    if (manner.turns) page.push(...page.splice(0, asked.length % (page.length || 1)));
    if (page.length === 0) return Response.json({ success: true, id: 0, start_row: 0, num_rows: 0, msg: {} });
    return Response.json({ success: true, id: 0, start_row: start, num_rows: page.length, msg: page });
  };
  const onEvent = (event: AtlasEvent): void => {
    if (event.type === "duplicates" || event.type === "shortfall") events.push(event);
  };
  return { client: new BrainAtlas({ fetch, backoffMs: 0.01, onEvent }), asked, events };
}

const rowsOf = (length: number): { id: number }[] => Array.from({ length }, (_, id) => ({ id }));
const search = rma.service("mouse_connectivity_injection_structure", { injection_structures: 315 });
const ask = "service::mouse_connectivity_injection_structure[injection_structures$eq315]";

const collect = async (
  client: BrainAtlas,
  query: TypedQuery<unknown> = search,
  options?: RowsOptions,
): Promise<unknown[]> => client.rows(query, options).all();

describe("rows() of a service", () => {
  test("is one answer where the rows are few", async () => {
    const { client, asked } = serve(rowsOf(1772));
    expect(await collect(client)).toHaveLength(1772);
    expect(asked).toEqual([ask]);
  });

  test("goes on by the rows that came, and ends at a page that is not full", async () => {
    const { client, asked } = serve(rowsOf(11));
    expect(await collect(client, search, { pageSize: 5 })).toEqual(rowsOf(11));
    expect(asked).toEqual([
      `${ask}[num_rows$eq5]`,
      `${ask}[start_row$eq5][num_rows$eq5]`,
      `${ask}[start_row$eq10][num_rows$eq5]`,
    ]);
  });

  test("ends at an empty answer, which is an object", async () => {
    const { client, asked } = serve(rowsOf(10));
    expect(await collect(client, search, { pageSize: 5 })).toEqual(rowsOf(10));
    expect(asked).toHaveLength(3);
    const { client: nothing } = serve([]);
    expect(await collect(nothing)).toEqual([]);
  });

  test("begins at its start_row, and takes num_rows as the size of a page", async () => {
    const { client, asked } = serve(rowsOf(9));
    const query = rma.service("mouse_differential", { start_row: 3, set: "mouse", num_rows: "4" });
    expect(await collect(client, query)).toEqual(rowsOf(9).slice(3));
    expect(asked).toEqual([
      "service::mouse_differential[set$eq'mouse'][start_row$eq3][num_rows$eq4]",
      "service::mouse_differential[set$eq'mouse'][start_row$eq7][num_rows$eq4]",
    ]);
  });

  test("keeps what came when the service gives all at once, whatever is asked", async () => {
    const { client, asked } = serve(rowsOf(283), { ignoresSize: true });
    expect(await collect(client, search, { pageSize: 5 })).toEqual(rowsOf(283));
    expect(asked).toHaveLength(1);
    expect(await client.rows(search).first()).toEqual({ id: 0 });
  });

  test.each([[false], [true]])(
    "ends when the service begins at row 0 each time, in another order: %s",
    async (turns) => {
      const { client, asked, events } = serve(rowsOf(30), { ignoresStart: true, turns });
      expect(await collect(client, search, { pageSize: 10 })).toHaveLength(10);
      expect(asked).toHaveLength(2);
      expect(events).toMatchObject([{ type: "duplicates", rows: 10 }]);
    },
  );

  test("knows a page again by its rows, where they have no ids", async () => {
    const { client } = serve([{ r: 0.9 }, { r: 0.8 }, { r: 0.7 }], { ignoresStart: true });
    expect(await collect(client, search, { pageSize: 2 })).toEqual([{ r: 0.9 }, { r: 0.8 }]);
  });

  test("ends at a piece of the page before, where less is left to ask for", async () => {
    const { client } = serve(rowsOf(30), { ignoresStart: true });
    const query: TypedQuery<unknown> = { toQuery: () => search.toQuery(), maxRows: 13 };
    expect(await collect(client, query, { pageSize: 10 })).toEqual(rowsOf(10));
  });

  test("leaves out no row because of its id: what an id means there is unknown", async () => {
    const rows = [{ id: 1, r: 0.9 }, { id: 1, r: 0.8 }, { id: 1, r: 0.7 }, { id: 1, r: 0.6 }, { id: 2 }];
    const { client, events } = serve(rows);
    expect(await collect(client, search, { pageSize: 2 })).toEqual(rows);
    expect(events).toEqual([]);
  });

  test("goes on until nothing comes, where more is asked for than the service may give", async () => {
    const { client, asked } = serve(rowsOf(4500), { most: 2000 });
    expect(await collect(client, search, { pageSize: 3000 })).toEqual(rowsOf(4500));
    expect(asked).toHaveLength(4);
  });

  test("asks again when the service says that its request failed", async () => {
    const { client, asked } = serve(rowsOf(3), { failures: 3 });
    expect(await collect(client)).toEqual(rowsOf(3));
    expect(asked).toEqual([ask, ask, ask, ask]);
    await expect(collect(serve([], { failures: 4 }).client)).rejects.toThrow(/try again later/);
  });

  test("counts by reading all, from row 0", async () => {
    const { client } = serve(rowsOf(12));
    const query = rma.service("mouse_agea", { start_row: 5, num_rows: 5 });
    expect(await client.rows(query).count()).toBe(12);
  });

  test("is asked as it is written when it says its page in another way", async () => {
    for (const text of [
      "[num_rows$eqall]",
      "[num_rows$eq0]",
      "[start_row$eq1,2]",
      "[num_rows$eq$n]",
      "[start_row$eq1.5]",
    ]) {
      const { client, asked } = serve(rowsOf(3));
      await collect(client, rma.raw(`service::mouse_agea${text}`), { pageSize: 2 });
      expect(asked).toHaveLength(1);
      expect(parseRma(asked[0] ?? "")).toEqual(parseRma(`service::mouse_agea${text}`));
    }
  });

  test("gives each row once, in order, for any number, page and bound", async () => {
    const manner = fc.record({ ignoresSize: fc.boolean(), failures: fc.nat(3) });
    const natural = fc.nat(40);
    await checkAsyncProperty(
      fc.asyncProperty(
        natural,
        fc.integer({ min: 1, max: 12 }),
        fc.option(natural),
        manner,
        async (total, pageSize, bound, how) => {
          const { client, asked } = serve(rowsOf(total), how);
          const query: TypedQuery<unknown> = { toQuery: () => search.toQuery(), maxRows: bound ?? undefined };
          expect(await collect(client, query, { pageSize })).toEqual(rowsOf(total).slice(0, bound ?? total));
          expect(asked.length).toBeLessThanOrEqual(how.failures + Math.floor(total / pageSize) + 1);
        },
      ),
    );
  });
});

test("SERVICES says of each service whether rows() pages it", async () => {
  for (const { name, isPaged } of Object.values(SERVICES)) {
    const { client, asked } = serve(rowsOf(3));
    await collect(client, rma.service(name), { pageSize: 2 });
    expect(asked, name).toHaveLength(isPaged ? 2 : 1);
  }
});
