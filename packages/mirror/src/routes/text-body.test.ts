import { memoryUsage } from "node:process";
import { describe, expect, test } from "vitest";
import { rowOf, shapeOf, watch } from "../../../../tests/support/query-answers.ts";
import { formatAnswer } from "../rma/format-answer.ts";
import type { ResultRow } from "../rma/result.ts";
import { startText } from "./text-body.ts";

const SHAPE = shapeOf("Gene", "acronym id:integer name");
const BATCH_ROWS = 500;
/** Rows of the long answer: a million in the long run. */
const ROWS = process.env.BRAINATLAS_LONG === undefined ? 100_000 : 1_000_000;

/** Batches of made-up rows, to a row from which on reading fails. */
function* batches(count: number, failAt = Number.POSITIVE_INFINITY): Generator<readonly ResultRow[]> {
  for (let start = 0; start < count; start += BATCH_ROWS) {
    if (start >= failAt) throw new Error("The disk is gone");
    yield Array.from({ length: BATCH_ROWS }, (_, index) => {
      const id = start + index;
      return rowOf("NcbiGene", [`Gene${id}`, id, `a gene of some name, number ${id}`]);
    });
  }
}

async function streamOf(count: number, failAt?: number) {
  const { answer, seen } = watch(SHAPE, batches(count, failAt), { numRows: count, totalRows: count });
  const body = await startText(formatAnswer(answer, "json"));
  if (typeof body === "string") throw new Error("The answer is too small to be a stream");
  return { body, seen };
}

describe("startText()", () => {
  test("gives a small text whole, and has taken all of it", async () => {
    const { answer, seen } = watch(SHAPE, batches(1000), { numRows: 1000, totalRows: 1000 });
    const body = await startText(formatAnswer(answer, "json"));
    expect(JSON.parse(String(body)).msg).toHaveLength(1000);
    expect(seen.taken).toBe(3);
  });

  test("fails where the start fails", async () => {
    const { answer } = watch(SHAPE, batches(10_000, 1000));
    await expect(startText(formatAnswer(answer, "json"))).rejects.toThrow("The disk is gone");
  });

  test("breaks a long text off where it fails, so that none is taken for the whole", async () => {
    const { body } = await streamOf(100_000, 50_000);
    await expect(new Response(body).text()).rejects.toThrow("The disk is gone");
  });

  test("makes no more than is asked for, and closes the rows when it is cancelled", async () => {
    const { body, seen } = await streamOf(ROWS);
    const { taken } = seen;
    const reader = body.getReader();
    await reader.read();
    expect(seen.taken).toBe(taken);
    await reader.read();
    expect(seen.taken).toBeLessThan(taken + 10);
    await reader.cancel();
    expect(seen.isClosed).toBe(true);
  });

  test("keeps no more of a long text than a piece, and lets others have their turn", async () => {
    const { body } = await streamOf(ROWS);
    let [most, turns, size] = [0, 0, 0];
    const before = memoryUsage().heapUsed;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    for await (const chunk of body) {
      size += chunk.byteLength;
      most = Math.max(most, memoryUsage().heapUsed - before);
    }
    clearInterval(timer);
    expect(size).toBeGreaterThan(ROWS * 60);
    expect(turns).toBeGreaterThan(5);
    // Garbage comes on top of what is kept; a million rows kept would be some 200 MB.
    if (ROWS > 500_000) expect(most).toBeLessThan(100_000_000);
  });
});
