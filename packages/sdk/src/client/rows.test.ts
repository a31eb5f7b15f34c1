import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { defer, rejectionOf } from "../../../../tests/support/fault-server.ts";
import type { FetchLike } from "../http/options.ts";
import type { Options, Query } from "../rma/ast.ts";
import { rma } from "../rma/builder.ts";
import { parseRma } from "../rma/parse.ts";
import { BrainAtlas } from "./brain-atlas.ts";
import type { AtlasEvent } from "./event.ts";
import type { BrainAtlasOptions } from "./options.ts";
import { Rows } from "./rows.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** What a server is asked. */
interface Asked {
  readonly text: string;
  readonly query: Query;
  readonly options: Options;
  readonly signal: AbortSignal | null | undefined;
}

type Reply = object | string | Promise<object | string>;

/** A client of a service within the process; `asked` is what was sent, in order. */
function serve(answer: (asked: Asked) => Reply, options: BrainAtlasOptions = {}) {
  const asked: Asked[] = [];
  const events: AtlasEvent[] = [];
  const fetch: FetchLike = async (url, { body, signal }) => {
    const form = typeof body === "string" ? new URLSearchParams(body) : new URL(url).searchParams;
    const text = form.get("criteria") ?? "";
    const query = parseRma(text);
    const last = query.stages.at(-1);
    const ask = { text, query, options: last?.kind === "model" ? last.options : {}, signal };
    asked.push(ask);
    const reply = await answer(ask);
    return typeof reply === "string" ? new Response(reply) : Response.json(reply);
  };
  const onEvent = (event: AtlasEvent): void => {
    if (event.type === "shortfall" || event.type === "duplicates") events.push(event);
  };
  return { client: new BrainAtlas({ fetch, backoffMs: 1, onEvent, ...options }), asked, events };
}

const genesOf = (total: number) => Array.from({ length: total }, (_, id) => ({ id, acronym: `g${id}` }));

/** The envelope of a page of a table, as the service writes it. */
function pageOf(table: readonly object[], { startRow = 0, numRows = 50, count }: Options): object {
  const msg = table.slice(startRow, numRows === "all" ? undefined : startRow + numRows);
  // Without a count the service tells the size of the table times joins.
  const total_rows = count === false ? 9440 : table.length;
  return { success: true, id: 0, start_row: startRow, num_rows: msg.length, total_rows, msg };
}

const serveTable = (table: readonly object[], options?: BrainAtlasOptions) =>
  serve((asked) => pageOf(table, asked.options), options);

const gene = rma("Gene");
const idsOf = async (rows: AsyncIterable<{ id: number }>): Promise<number[]> => {
  const ids: number[] = [];
  for await (const { id } of rows) ids.push(id);
  return ids;
};
const range = (length: number): number[] => Array.from({ length }, (_, index) => index);

test("rows() gives each row once, in order, for any page size and total", async () => {
  const property = fc.asyncProperty(fc.nat({ max: 40 }), fc.integer({ min: 1, max: 15 }), async (total, pageSize) => {
    const { client, asked, events } = serveTable(genesOf(total));
    expect(await idsOf(client.rows(gene, { pageSize }))).toEqual(range(total));
    expect(asked).toHaveLength(Math.max(1, Math.ceil(total / pageSize)));
    expect(events).toEqual([]);
  });
  await fc.assert(property, { seed: 20_240_229, numRuns: 60 });
});

test("rows() sends nothing until it is read, and asks anew each time", async () => {
  const { client, asked } = serveTable(genesOf(3));
  const rows = client.rows(gene);
  expect(rows).toBeInstanceOf(Rows);
  rows.pages();
  expect(asked).toHaveLength(0);
  expect([await idsOf(rows), await idsOf(rows)]).toEqual([range(3), range(3)]);
  expect(asked.map(({ text }) => text)).toEqual(
    Array.from({ length: 2 }, () => "model::Gene,rma::options[order$eq'id'][num_rows$eq2000]"),
  );
});

test("rows() counts with the first page, and honours start and limit", async () => {
  const { client, asked } = serveTable(genesOf(20));
  expect(await idsOf(client.rows(gene.startRow(3).limit(9).numRows(4)))).toEqual(range(20).slice(3, 12));
  expect(asked.map(({ options }) => [options.startRow, options.numRows, options.count])).toEqual([
    [3, 4, undefined],
    [7, 4, false],
    [11, 1, false],
  ]);
  expect(await idsOf(client.rows(gene.limit(0)))).toEqual([]);
  expect(asked).toHaveLength(3);
});

test('rows() asks once with numRows("all")', async () => {
  const { client, asked } = serveTable(genesOf(5000));
  expect(await client.rows(gene.numRows("all")).all()).toHaveLength(5000);
  expect(asked.map(({ text }) => text)).toEqual(["model::Gene,rma::options[num_rows$eq'all']"]);
});

test("pages() gives the pages with what is known of them", async () => {
  const { client } = serveTable(genesOf(5));
  const pages = [];
  for await (const { rows, ...page } of client.rows(gene, { pageSize: 3 }).pages()) pages.push([rows.length, page]);
  expect(pages).toEqual([
    [3, { startRow: 0, numRows: 3, totalRows: 5 }],
    [2, { startRow: 3, numRows: 2, totalRows: 5 }],
  ]);
});

test("rows() leaves out a row that comes again, and says so", async () => {
  const table = genesOf(6);
  const { client, events } = serve(({ options }) => {
    const page = pageOf(table, options);
    table.unshift({ id: 100 + table.length, acronym: "new" });
    return page;
  });
  const ids = await idsOf(client.rows(gene, { pageSize: 2 }));
  expect(ids).toEqual(range(6).slice(0, ids.length));
  const again = { type: "duplicates", query: "model::Gene", rows: expect.any(Number) };
  expect(events).toContainEqual(again);
});

test("rows() says once when fewer rows came than were promised", async () => {
  const { client, events } = serve(() => ({ success: true, msg: [{ id: 1 }], total_rows: 9440 }));
  expect(await idsOf(client.rows(gene))).toEqual([1]);
  expect(events).toEqual([
    { type: "shortfall", query: "model::Gene", promised: 9440, received: 1 },
    { type: "duplicates", query: "model::Gene", rows: 1 },
  ]);
  events.length = 0;
  await idsOf(client.rows(gene.count(false)));
  expect(events).toEqual([{ type: "duplicates", query: "model::Gene,rma::options[count$eqfalse]", rows: 1 }]);
});

test("rows() bears a listener that throws", async () => {
  const onEvent = (): never => {
    throw new Error("Cannot log");
  };
  const { client } = serve(() => ({ success: true, msg: [{ id: 1 }], total_rows: 9440 }), { onEvent });
  expect(await idsOf(client.rows(gene))).toEqual([1]);
});

// One page ahead

test("rows() fetches one page ahead, and no more", async () => {
  const { client, asked } = serveTable(genesOf(9));
  const rows = client.rows(gene, { pageSize: 2 })[Symbol.asyncIterator]();
  expect(await rows.next()).toMatchObject({ value: { id: 0 } });
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  await rows.next();
  expect(asked).toHaveLength(2);
  await rows.next();
  expect(asked.map(({ options }) => options.startRow)).toEqual([undefined, 2, 4]);
  await rows.return();
});

test("rows() left early ends the page that is on its way, and nothing is left unhandled", async () => {
  const { client, asked } = serve(({ options }) =>
    options.startRow === undefined ? pageOf(genesOf(9), options) : new Promise(() => {}),
  );
  for await (const row of client.rows(gene, { pageSize: 2 })) {
    expect(row.id).toBe(0);
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    break;
  }
  expect(asked[1]?.signal?.aborted).toBe(true);
});

test("rows() gives the rows that came, then the failure of the page ahead", async () => {
  const { client } = serve(({ options }) =>
    options.startRow === undefined ? pageOf(genesOf(9), options) : { success: false, msg: "gone" },
  );
  const seen: number[] = [];
  const reading = (async () => {
    for await (const { id } of client.rows(gene, { pageSize: 2 })) seen.push(id);
  })();
  expect(await rejectionOf(reading)).toMatchObject({ code: "ATLAS_API", serverMessage: "gone" });
  expect(seen).toEqual([0, 1]);
});

test("rows() rejects with signal.reason: before, while it waits, and between two pages", async () => {
  const { client, asked } = serveTable(genesOf(9));
  const whim = { why: "so" };
  expect(await rejectionOf(client.rows(gene, { signal: AbortSignal.abort(whim) }).all())).toBe(whim);
  expect(asked).toHaveLength(0);

  const controller = new AbortController();
  const arrived = defer();
  const waiting = serve(() => {
    arrived.resolve();
    return new Promise(() => {});
  });
  const reading = rejectionOf(waiting.client.rows(gene, { signal: controller.signal }).first());
  await arrived.promise;
  controller.abort(whim);
  expect(await reading).toBe(whim);

  const between = new AbortController();
  let answers = 0;
  const onEvent = ({ type }: AtlasEvent): void => {
    if (type === "response") answers += 1;
  };
  const table = serveTable(genesOf(4), { onEvent });
  const pages = table.client.rows(gene, { pageSize: 2, signal: between.signal }).pages();
  await pages.next();
  await vi.waitFor(() => expect(answers).toBe(2)); // The page ahead is there.
  between.abort(whim);
  expect(await rejectionOf(pages.next())).toBe(whim);
});

test("rows() lets go of the signal at the end", async () => {
  const { client } = serveTable(genesOf(5));
  const { signal } = new AbortController();
  const add = vi.spyOn(signal, "addEventListener");
  const remove = vi.spyOn(signal, "removeEventListener");
  await client.rows(gene, { pageSize: 2, signal }).all();
  expect(remove).toHaveBeenCalledTimes(add.mock.calls.length);
});

// first, all, count, whyEmpty

test("first() asks for one row, uncounted", async () => {
  const { client, asked } = serveTable(genesOf(5));
  expect(await client.rows(gene.startRow(2)).first()).toEqual({ id: 2, acronym: "g2" });
  expect(await client.rows(gene.startRow(9)).first()).toBeUndefined();
  expect(await client.rows(gene.limit(0)).first()).toBeUndefined();
  expect(asked.map(({ text }) => text)).toEqual([
    "model::Gene,rma::options[order$eq'id'][num_rows$eq1][start_row$eq2][count$eqfalse]",
    "model::Gene,rma::options[order$eq'id'][num_rows$eq1][start_row$eq9][count$eqfalse]",
  ]);
});

test("all() refuses more rows than maxRows, and asks for few more", async () => {
  const { client, asked } = serveTable(genesOf(5000));
  expect(await client.rows(gene.limit(5)).all({ maxRows: 5 })).toHaveLength(5);
  const error = await rejectionOf(client.rows(gene).all({ maxRows: 10 }));
  expect(error).toBeInstanceOf(RangeError);
  expect(error).toHaveProperty(
    "message",
    'Cannot collect the rows of "model::Gene": there are more than 10; raise maxRows, give the query a limit(), or read the rows one by one',
  );
  expect(asked.map(({ options }) => options.numRows)).toEqual([5, 11]);
  expect(await client.rows(gene).all()).toHaveLength(5000);
  expect(await client.rows(gene.startRow(5000)).all({ maxRows: 0 })).toEqual([]);
  for (const maxRows of [-1, 1.5, Number.NaN]) {
    expect(await rejectionOf(client.rows(gene).all({ maxRows }))).toBeInstanceOf(RangeError);
  }
});

test("count() asks for one row and all matches", async () => {
  const { client, asked } = serveTable(genesOf(4321));
  expect(await client.rows(gene.orderBy("name").startRow(7).limit(3).count(false)).count()).toBe(4321);
  expect(asked.map(({ text }) => text)).toEqual(["model::Gene,rma::options[num_rows$eq1][count$eqtrue]"]);
  expect(await serveTable([]).client.rows(gene).count()).toBe(0);
  expect(
    await serve(() => ({ success: true, total_rows: 77, msg: [] }))
      .client.rows(gene)
      .count(),
  ).toBe(0);
});

test.each([[{}], [{ total_rows: 0 }], [{ total_rows: "9" }]])("count() rejects for the numbers %j", async (numbers) => {
  const { client } = serve(() => ({ success: true, ...numbers, msg: [{ id: 1 }] }));
  expect(await rejectionOf(client.rows(gene).count())).toMatchObject({ code: "ATLAS_DECODE", at: "total_rows" });
});

test("whyEmpty() asks what the query says, and gives its reason", async () => {
  const { client, asked } = serveTable(genesOf(50));
  const explain = vi.fn((rows: readonly unknown[]) => `there are ${rows.length}`);
  const query = gene.where("acronym", "eq", "Nissl");
  const checked = { ...plain(query), emptyCheck: { query: gene, explain } };
  expect(await client.rows(checked).whyEmpty()).toBe("there are 10");
  expect(asked.map(({ text }) => text)).toEqual([
    "model::Gene,rma::options[order$eq'id'][num_rows$eq10][count$eqfalse]",
  ]);
  expect(await client.rows(query).whyEmpty()).toBeUndefined();
  expect(asked).toHaveLength(1);
});

/** A query as a plain object. */
function plain(query: typeof gene) {
  return { toQuery: () => query.toQuery(), toString: () => String(query), maxRows: query.maxRows };
}

// Services

const service = rma.service("mouse_differential", { structures1: [1], structures2: [2] });

test.each<[string, object, number]>([
  ["rows", { msg: [{ id: 1 }, { id: 1 }], num_rows: 0, total_rows: 0 }, 2],
  ["one object", { msg: { probes: [], samples: [] } }, 1],
  ["nothing", { msg: {}, num_rows: 0 }, 0],
])("rows() reads a service that answers with %s", async (_, envelope, expected) => {
  const { client, asked, events } = serve(() => ({ success: true, ...envelope }));
  expect(await client.rows(service).all()).toHaveLength(expected);
  expect(asked.map(({ text }) => text)).toEqual([String(service)]);
  expect(await client.rows(service).count()).toBe(expected);
  expect(await client.rows(service).first()).toEqual(expected === 0 ? undefined : expect.any(Object));
  expect(events).toEqual([]);
});

test("rows() asks a service again when its request failed, and not for another failure", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  const failed = { success: false, msg: "Informatics service request failed." };
  let turn = 0;
  const passing = serve(() => (turn++ < 2 ? failed : { success: true, msg: [{ id: 1 }] }));
  expect(await passing.client.rows(service).all()).toEqual([{ id: 1 }]);
  expect(passing.asked).toHaveLength(3);
  const lasting = serve(() => failed, { retries: 1 });
  expect(await rejectionOf(lasting.client.rows(service).all())).toMatchObject({ serverMessage: failed.msg });
  expect(lasting.asked).toHaveLength(2);
  const wrong = serve(() => ({ success: false, msg: "unknown parameter" }));
  await rejectionOf(wrong.client.rows(service).all());
  expect(wrong.asked).toHaveLength(1);
});

// Failures

test("rows() rejects with the server's words and the query as it reads", async () => {
  const { client } = serve(() => ({
    success: false,
    id: 0,
    start_row: 0,
    num_rows: 0,
    total_rows: 0,
    msg: "no such column",
  }));
  const error = await rejectionOf(client.rows(gene.where("acronym", "eq", "a b")).all());
  const query = "model::Gene,rma::criteria,[acronym$eq'a b'],rma::options[order$eq'id'][num_rows$eq2000]";
  expect(error).toMatchObject({ code: "ATLAS_API", serverMessage: "no such column", query });
});

test.each(["<html>down for maintenance</html>", "", '{"success":true,"msg":"words"}', '{"success":true}', "[]"])(
  "rows() rejects with a DecodeError for %j",
  async (body) => {
    const { client } = serve(() => body);
    expect(await rejectionOf(client.rows(gene).all())).toMatchObject({ code: "ATLAS_DECODE" });
  },
);

test("rows() rejects for a failing status, also of a client that does not throw", async () => {
  const fetch = async (): Promise<Response> => new Response("no", { status: 404 });
  const client = new BrainAtlas({ fetch, throwHttpErrors: false });
  expect(await rejectionOf(client.rows(gene).all())).toMatchObject({ code: "ATLAS_HTTP", status: 404 });
});

test("rows() refuses a page size that is none", () => {
  expect(() => new BrainAtlas().rows(gene, { pageSize: 0 })).toThrow("Cannot use pageSize 0");
});

// Long queries, and query()

test("rows() sends a long query in the body of a POST", async () => {
  const ids = range(1000);
  const { client, asked } = serveTable(genesOf(3));
  expect(await client.rows(gene.where("id", "in", ids)).all()).toHaveLength(3);
  expect(asked[0]?.text).toContain(`[id$in${ids.join(",")}]`);
});

test("query() asks once, as it is written, and looks for no failure in the answer", async () => {
  const urls: string[] = [];
  const fetch = async (url: string): Promise<Response> => {
    urls.push(url);
    return new Response("<Response success='false'/>", { headers: { "content-type": "text/xml" } });
  };
  const client = new BrainAtlas({ baseUrl: "http://atlas.test", fetch });
  const response = await client.query(gene.limit(3), { format: "xml", filename: "genes.xml" });
  expect(response.text()).toBe("<Response success='false'/>");
  await client.query(rma.raw("service::mouse_agea"));
  expect(urls).toEqual([
    "http://atlas.test/api/v2/data/query.xml?criteria=model::Gene,rma::options%5Bnum_rows$eq3%5D&filename=genes.xml",
    "http://atlas.test/api/v2/data/query.json?criteria=service::mouse_agea",
  ]);
  const failing = new BrainAtlas({ fetch: async () => new Response("no", { status: 404 }) });
  expect(await rejectionOf(failing.query(gene))).toMatchObject({ status: 404 });
  expect(await failing.query(gene, { throwHttpErrors: false })).toMatchObject({ ok: false });
});
