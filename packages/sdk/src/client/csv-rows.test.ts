import { once } from "node:events";
import type { ServerResponse } from "node:http";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Answer, defer, rejectionOf, startFaultServer, text } from "../../../../tests/support/fault-server.ts";
import { rma } from "../rma/builder.ts";
import { BrainAtlas } from "./brain-atlas.ts";
import type { CsvOptions } from "./csv-rows.ts";
import type { CsvRow } from "./read-csv.ts";

const PATH = "/api/v2/data/query.csv";
const gene = rma("Gene");

/** Reads the rows that a server answers with. */
async function read(answer: Answer, options: CsvOptions = {}): Promise<CsvRow[]> {
  const server = await startFaultServer({ [PATH]: answer });
  return readAll(new BrainAtlas({ baseUrl: server.origin, backoffMs: 1 }).csv(gene, options));
}

async function readAll(rows: AsyncIterable<CsvRow>): Promise<CsvRow[]> {
  const all: CsvRow[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

/** A client that is answered with these bytes, in chunks. */
function answering(chunks: readonly Uint8Array[], type = "text/csv"): BrainAtlas {
  const fetch = async (): Promise<Response> => {
    const body = new ReadableStream({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(chunk);
        controller.close();
      },
    });
    return new Response(body, { headers: { "content-type": type } });
  };
  return new BrainAtlas({ fetch });
}

const answeringText = (body: string, type?: string): BrainAtlas => answering([new TextEncoder().encode(body)], type);

test("csv() asks for all rows, uncounted, each time it is read", async () => {
  const server = await startFaultServer({ [PATH]: text(200, "id,name\n1,a\n2,\n") });
  const rows = new BrainAtlas({ baseUrl: server.origin }).csv(gene);
  expect(server.paths).toEqual([]);
  for (let time = 0; time < 2; time += 1) {
    expect(await readAll(rows)).toEqual([
      { id: "1", name: "a" },
      { id: "2", name: "" },
    ]);
  }
  const asked = server.paths.map((path) => new URL(path, server.origin).searchParams.get("criteria"));
  expect(asked).toEqual(Array.from({ length: 2 }, () => "model::Gene,rma::options[num_rows$eq'all'][count$eqfalse]"));
});

test("csv() keeps the bounds of the query", async () => {
  const server = await startFaultServer({ [PATH]: text(200, "id\n1\n") });
  const client = new BrainAtlas({ baseUrl: server.origin });
  await readAll(client.csv(gene.limit(5).startRow(2)));
  expect(decodeURIComponent(server.paths[0] ?? "")).toContain("[num_rows$eq5][start_row$eq2][count$eqfalse]");
});

test("csv() refuses a query that ends with a service, before anything is sent", () => {
  const client = new BrainAtlas({ fetch: () => Promise.reject(new Error("Cannot send: the test sends nothing")) });
  expect(() => client.csv(rma.service("mouse_agea"))).toThrow(TypeError);
});

test("csv() reads the same wherever the chunks end, also within a character", async () => {
  const bytes = new TextEncoder().encode('\ufeffid,"a ""name"""\r\n1,"Nißl,\n🧠"\r\n2,é\r\n');
  const expected = [
    { id: "1", 'a "name"': "Nißl,\n🧠" },
    { id: "2", 'a "name"': "é" },
  ];
  const cuts = fc.array(fc.nat({ max: bytes.length }), { maxLength: 8 });
  const property = fc.asyncProperty(cuts, async (given) => {
    const ends = [...given, bytes.length].toSorted((a, b) => a - b);
    const chunks = ends.map((end, index) => bytes.slice(ends[index - 1] ?? 0, end));
    expect(await readAll(answering(chunks).csv(gene))).toEqual(expected);
  });
  await fc.assert(property, { seed: 20_240_229, numRuns: 100 });
});

test("csv() gives rows while the rest is still to come, and ends the request when it is left", async () => {
  const arrived = defer<ServerResponse>();
  const server = await startFaultServer({
    [PATH]: (response) => {
      response.writeHead(200, { "content-type": "text/csv" });
      response.write("id\n1\n2\n", () => arrived.resolve(response));
    },
  });
  const seen: string[] = [];
  for await (const { id = "" } of new BrainAtlas({ baseUrl: server.origin }).csv(gene)) {
    seen.push(id);
    if (seen.length === 2) break;
  }
  const response = await arrived.promise;
  if (!response.closed) await once(response, "close");
  expect(seen).toEqual(["1", "2"]);
});

test.each(["", "id,name\n", "id,name"])("csv() gives no row for %j", async (body) => {
  expect(await readAll(answeringText(body).csv(gene))).toEqual([]);
});

test("csv() takes a column of any name for data", async () => {
  const [row] = await readAll(answeringText("__proto__,constructor\n1,2\n").csv(gene));
  expect(Object.entries(row ?? {})).toEqual([
    ["__proto__", "1"],
    ["constructor", "2"],
  ]);
});

test("csv() takes an empty line for the empty value of its one column", async () => {
  expect(await readAll(answeringText("name\na\n\nb\n").csv(gene))).toEqual([
    { name: "a" },
    { name: "" },
    { name: "b" },
  ]);
});

test.each<[string, string]>([
  ["a,b\n1,2\n3\n", "row 3 holds 1 fields; expected 2, as in the first row"],
  ["a,b\n1,2,3\n", "row 2 holds 3 fields; expected 2, as in the first row"],
  ["name,name\n1,2\n", 'row 1 holds the column "name" twice; expected names that differ'],
  ['a\n"1', "row 2 holds the end of the text"],
  ["<html>down for maintenance</html>", 'row 1 holds "<html>down for maintenance</html>"; expected names of columns'],
  ['{"success":true,"msg":[]}', "expected names of columns"],
  ["[1]", "expected names of columns"],
])("csv() rejects with a DecodeError for %j", async (body, message) => {
  const error = await rejectionOf(readAll(answeringText(body).csv(gene)));
  expect(error).toMatchObject({ code: "ATLAS_DECODE", url: expect.stringContaining("/api/v2/data/query.csv") });
  expect(error).toHaveProperty("message", expect.stringContaining(message));
});

test("csv() takes a document of another type for none, whatever it begins with", async () => {
  const error = await rejectionOf(readAll(answeringText('"no such column"', "application/json").csv(gene)));
  expect(error).toHaveProperty("message", expect.stringContaining("expected names of columns"));
});

test.each<[string, string, string]>([
  ['{"success": false, "msg": "no such column"}', "application/json", "no such column"],
  ['\n {"success":false}', "text/csv", "no reason"],
  ["<Response success='false'><msg>no such\ncolumn</msg></Response>", "text/xml", "no such column"],
  ['<?xml version="1.0"?><Response success="false"/>', "text/csv", "no reason"],
])("csv() rejects with an ApiError for %j as %s", async (body, type, serverMessage) => {
  const query = "model::Gene,rma::options[num_rows$eq'all'][count$eqfalse]";
  const bytes = new TextEncoder().encode(body);
  const slowly = Array.from(bytes, (_, index) => bytes.slice(index, index + 1));
  for (const chunks of [[bytes], slowly]) {
    const error = await rejectionOf(readAll(answering(chunks, type).csv(gene)));
    expect(error).toMatchObject({ code: "ATLAS_API", serverMessage, query });
  }
});

test("csv() rejects when the body is cut short, after the rows that came", async () => {
  const cut: Answer = (response) => {
    response.writeHead(200, { "content-type": "text/csv", "content-length": "1000" });
    response.write("id\n1\n", () => response.socket?.destroy());
  };
  expect(await rejectionOf(read(cut))).toMatchObject({ code: "ATLAS_CONNECTION" });
});

test("csv() rejects for a failing status", async () => {
  expect(await rejectionOf(read(text(404, "nothing")))).toMatchObject({ code: "ATLAS_HTTP", status: 404 });
});

test("csv() rejects with signal.reason", async () => {
  const whim = { why: "so" };
  const rows = answeringText("id\n1\n").csv(gene, { signal: AbortSignal.abort(whim) });
  expect(await rejectionOf(readAll(rows))).toBe(whim);
});

test("csv() holds a few rows at a time, whatever their number", async () => {
  let sent = 0;
  let read = 0;
  let most = 0;
  const chunk = new TextEncoder().encode("1,2,3\n".repeat(1000));
  const body = new ReadableStream(
    {
      pull(controller) {
        controller.enqueue(sent === 0 ? new TextEncoder().encode("a,b,c\n") : chunk);
        sent += 1;
        if (sent > 300) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  for await (const _ of new BrainAtlas({ fetch: async () => new Response(body) }).csv(gene)) {
    read += 1;
    most = Math.max(most, sent * 1000 - read);
  }
  expect(read).toBe(300_000);
  expect(most).toBeLessThan(4000);
});
