import { rma } from "@brainatlas/sdk/rma";
import { describe, expect, test } from "vitest";
import { completeRows, MAX_ROWS } from "./complete-rows.ts";
import { mirrorApi, NEVER } from "./plan.test-kit.ts";

const GENES = Array.from({ length: 5000 }, (_, index) => ({ id: index + 1 }));

interface Faults {
  /** What the answers say of all matches. */
  readonly total?: number | undefined;
  /** What they say where nothing is included. */
  readonly plainTotal?: number | undefined;
  readonly rows?: readonly unknown[];
  /** Rows of a page at most. */
  readonly most?: number;
}

/** The ids that come of an API with these faults, and the number of questions. */
async function read(faults: Faults, query = rma("Gene").include("organism")) {
  const { rows = GENES, most = 2000 } = faults;
  let questions = 0;
  const { client } = await mirrorApi(async (address) => {
    questions += 1;
    const text = decodeURIComponent(new URL(address).search);
    const start = Number(/start_row\$eq(\d+)/.exec(text)?.[1] ?? 0);
    const count = Math.min(most, Number(/num_rows\$eq(\d+)/.exec(text)?.[1] ?? 50));
    const page = rows.slice(start, start + count);
    const total = text.includes("rma::include") ? (faults.total ?? rows.length) : (faults.plainTotal ?? rows.length);
    return Response.json({
      success: true,
      id: 0,
      start_row: start,
      num_rows: page.length,
      total_rows: total,
      msg: page,
    });
  });
  const found = await completeRows(client, query, NEVER);
  return { ids: found.map(({ id }) => id), questions };
}

const ALL = GENES.map(({ id }) => id);

describe("completeRows()", () => {
  test("gives all pages in order, each row once", async () => {
    expect(await read({})).toEqual({ ids: ALL, questions: 3 });
  });

  test("goes on past pages that are shorter than was asked for", async () => {
    expect((await read({ most: 777 })).ids).toEqual(ALL);
  });

  test("keeps to a limit", async () => {
    expect((await read({}, rma("Gene").include("organism").limit(2500))).ids).toEqual(ALL.slice(0, 2500));
  });

  test("believes a count without what is included where fewer rows come than with it", async () => {
    expect((await read({ total: 9440 })).ids).toEqual(ALL);
  });

  test.each([
    ["too few rows", { total: 5001, plainTotal: 5001 }, /5,001 were promised of "model::Gene.*", and 5,000 came$/],
    ["no row at all", { rows: [], total: 3, plainTotal: 3 }, /3 were promised of .*, and 0 came$/],
    ["a row twice in place of another", { rows: [...GENES.slice(0, 4999), { id: 1 }] }, /and 4,999 came$/],
  ])("refuses %s", async (_, faults, message) => {
    await expect(read(faults)).rejects.toMatchObject({ cause: { message: expect.stringMatching(message) } });
  });

  test("takes no rows for an answer", async () => {
    expect(await read({ rows: [] })).toMatchObject({ ids: [] });
  });

  test("refuses more rows than can be held after the first page", async () => {
    let questions = 0;
    const { client } = await mirrorApi(async () => {
      questions += 1;
      return Response.json({ success: true, num_rows: 1, total_rows: MAX_ROWS + 1, msg: [{ id: questions }] });
    });
    await expect(completeRows(client, rma("Gene"), NEVER)).rejects.toMatchObject({
      cause: { message: expect.stringMatching(/^Cannot plan with 1,000,001 rows of/) },
    });
    expect(questions).toBeLessThanOrEqual(2);
  });

  test.each([
    ["text", '"text", and no row'],
    [null, "null, and no row"],
    [{ name: "x" }, '{"name":"x"}, without an id'],
    [{ id: "1" }, '{"id":"1"}, without an id'],
  ])("refuses %j for a row", async (row, words) => {
    await expect(read({ rows: [row] })).rejects.toThrow(words);
  });
});
