import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { listen } from "../listen.ts";
import { createMirror, type Mirror } from "../mirror.ts";
import { RecordDatabase } from "../records/record-database.ts";
import { writeRows } from "../records/write-rows.ts";
import type { AtlasStore, StoredAnswer } from "../store/atlas-store.ts";

const ORIGIN = "http://mirror.test";
const DATA = "/api/v2/data";
const LONG = "a".repeat(2000);

/** Some genes of two classes with their organism, a data set, and many probes. */
let database: RecordDatabase;
let mirror: Mirror;
let stored: Map<string, string>;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "brainatlas-data-"));
  database = RecordDatabase.create(join(folder, "records.db"));
  const organism = { id: 2, name: "Mus musculus" };
  writeRows(database, [
    {
      model: "NcbiGene",
      row: { id: 15, acronym: "Abat", name: "4-aminobutyrate, transferase", organism_id: 2, organism },
    },
    { model: "NcbiGene", row: { id: 16, acronym: "Pdyn", name: null, organism_id: 2, organism } },
    { model: "RikenGene", row: { id: 17, acronym: "0610005G16Rik*", name: 'a "<b>" & \u0001', organism } },
    { model: "Probe", row: { id: 1, name: "RP_1" } },
    ...Array.from({ length: 30_000 }, (_, index) => ({
      model: "Product",
      row: { id: index + 1, name: `product ${index + 1}`, description: "x".repeat(40) },
    })),
  ]);
  stored = new Map();
  mirror = createMirror({ store: storeOf(database) });
  return async () => {
    database.close();
    await rm(folder, { recursive: true, force: true });
  };
});

function storeOf(records: RecordDatabase): AtlasStore {
  return {
    record: async () => undefined,
    records: async () => records,
    picture: async () => undefined,
    drawing: async () => undefined,
    asset: async () => undefined,
    answer: async (target) => storedAnswer(stored.get(target)),
    close() {},
  };
}

function storedAnswer(text: string | undefined): StoredAnswer | undefined {
  if (text === undefined) return undefined;
  const bytes = new TextEncoder().encode(text);
  return {
    status: 200,
    headers: {},
    location: undefined,
    lastModified: undefined,
    tag: text,
    sizeBytes: bytes.length,
    body: async () => bytes,
    async *chunks() {
      yield bytes;
    },
  };
}

const get = (path: string, init: RequestInit = {}): Promise<Response> => mirror.fetch(ORIGIN + path, init);
const text = async (path: string, init?: RequestInit): Promise<string> => await (await get(path, init)).text();
const post = (path: string, body: NonNullable<RequestInit["body"]>, type: string): Promise<Response> =>
  get(path, { method: "POST", body, headers: { "content-type": type }, ...({ duplex: "half" } as object) });

const GENE_15 =
  '{"success": true, "id": 0, "start_row": 0, "num_rows": 1, "total_rows": 1, "msg": [{"acronym":"Abat","id":15,"name":"4-aminobutyrate, transferase","organism_id":2}]}';

describe("data", () => {
  test.each([
    `${DATA}/Gene/15.json`,
    `${DATA}/Gene/15`,
    `${DATA}/query.json?criteria=model::Gene,rma::criteria,[id$eq15]`,
    `${DATA}/query?q=model::Gene%5Bid$eq15%5D`,
    `${DATA}/query.json?include=model::Gene[id$eq15]`,
    `${DATA}/Gene/query.json?criteria=[id$eq15]`,
    `${DATA}/Gene/query.json?criteria=%5Bid%24eq15%5D&wrap=true`,
    `${DATA}/NcbiGene/query.json?criteria=model::Gene,rma::criteria,[id$eq15]`,
    `//api/v2//data//Gene//15.json`,
  ])("answers %s", async (path) => {
    const response = await get(path);
    expect(await response.text()).toBe(GENE_15);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "content-disposition": "inline; filename=query.json",
      "content-length": String(GENE_15.length),
      "access-control-allow-origin": "*",
      "x-brainatlas-source": "computed",
    });
  });

  test("answers XML with what is included", async () => {
    const response = await get(
      `${DATA}/Gene/query.xml?criteria=[id$in15,16]&include=organism&order=genes.id&only=genes.acronym,organisms.id`,
    );
    expect(response.headers.get("content-type")).toBe("application/xml; charset=utf-8");
    expect(await response.text()).toBe(`<Response success='true' start_row='0' num_rows='2' total_rows='2'><ncbi-genes>
  <ncbi-gene>
    <acronym>Abat</acronym>
    <organism>
      <id type="integer">2</id>
    </organism>
  </ncbi-gene>
  <ncbi-gene>
    <acronym>Pdyn</acronym>
    <organism>
      <id type="integer">2</id>
    </organism>
  </ncbi-gene>
</ncbi-genes>
</Response>`);
  });

  test("answers XML of several classes, and of values that XML cannot hold", async () => {
    const xml = await text(`${DATA}/Gene/query.xml?order=genes.id`);
    expect(xml).toContain("<objects>\n  <object>\n    <acronym>Abat</acronym>");
    expect(xml).toContain('<name>a "&lt;b&gt;" &amp; &#65533;</name>');
    expect(xml).toContain('<name nil="true"/>');
  });

  test("answers CSV in the schema's order", async () => {
    const response = await get(`${DATA}/Gene/query.csv?criteria=[id$lt17]&order=genes.id`);
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(await response.text()).toBe(
      'id,name,acronym,organism_id\n15,"4-aminobutyrate, transferase",Abat,2\n16,,Pdyn,2\n',
    );
  });

  test.each([
    ["-1", ".json"],
    ["999", ""],
    ["99999999999999999999999999", ".json"],
  ])("answers the id %s that there is no row of with none", async (id, extension) => {
    expect(JSON.parse(await text(`${DATA}/Gene/${id}${extension}`))).toMatchObject({
      success: true,
      num_rows: 0,
      msg: [],
    });
  });

  test("says of a model without any row that it is not mirrored", async () => {
    for (const path of ["Donor/1.json", "Donor/query.xml", "Donor/query.csv?criteria=[id$eq1]"]) {
      const response = await get(`${DATA}/${path}`);
      expect([response.status, response.headers.get("x-brainatlas-reason")]).toEqual([404, "not-mirrored"]);
      expect(await response.json()).toMatchObject({ success: false, msg: expect.stringContaining('"Donor"') });
    }
  });

  test("says of a service that it is not mirrored", async () => {
    const response = await get(`${DATA}/query.json?criteria=service::mouse_correlation[set$eqmouse][row$eq1]`);
    expect([response.status, response.headers.get("x-brainatlas-reason")]).toEqual([404, "not-mirrored"]);
  });

  test("says in a store without records that it has none", async () => {
    // A store made before there were records.
    const old = { ...storeOf(database), records: undefined } as unknown as AtlasStore;
    const response = await createMirror({ store: old }).fetch(`${ORIGIN}${DATA}/Gene/15.json`);
    expect([response.status, response.headers.get("x-brainatlas-reason")]).toEqual([404, "not-mirrored"]);
  });

  test("createMirror() refuses a limit that is none", () => {
    expect(() => createMirror({ store: storeOf(database), queryLimits: { timeLimitMs: 0 } })).toThrow(
      "Cannot use timeLimitMs 0; give a whole number from 1 to 2147483647",
    );
  });

  test("takes limits", async () => {
    const small = createMirror({ store: storeOf(database), queryLimits: { maxListValues: 2 } });
    const response = await small.fetch(`${ORIGIN}${DATA}/Gene/query.json?criteria=[id$in1,2,3]`);
    expect(await response.json()).toMatchObject({ success: false, msg: expect.stringContaining("Error in query: ") });
    expect(response.headers.get("x-brainatlas-source")).toBe("refused");
  });

  test("shows the query with debug, and does not run it with preview", async () => {
    expect(JSON.parse(await text(`${DATA}/Donor/query.json?debug=preview`))).toMatchObject({
      success: true,
      msg: [],
      debug: expect.stringContaining("model::Donor"),
    });
  });
});

describe("a query that cannot be answered", () => {
  test.each([
    ["criteria=model::Gene[id", "offset"],
    ["criteria=model::Gen[id$eq1]", "Gene"],
    ["criteria=model::Gene[no_such$eq1]", "no_such"],
    ["criteria=model::valueOf", "valueOf"],
    ["criteria=", "offset"],
    ["criteria=model::Gene&num_rows=x", "num_rows"],
  ])("%s is told in the service's form, with status 200", async (query, word) => {
    const response = await get(`${DATA}/query.json?${query}`);
    const answer = (await response.json()) as { msg: string };
    expect(response.status).toBe(200);
    expect(answer).toEqual({
      success: false,
      id: 0,
      start_row: 0,
      num_rows: 0,
      total_rows: 0,
      msg: expect.stringMatching(/^Error in query: /),
    });
    expect(answer.msg).toContain(word);
  });

  test.each(["valueOf", "__proto__", "constructor", "%00", "%", "..%2f..%2fetc", LONG])(
    "model %.20s is unknown",
    async (model) => {
      for (const path of [`${model}/1.json`, `${model}/query.json`, `${model}/describe.json`]) {
        const response = await get(`${DATA}/${path}`);
        expect(await response.json()).toMatchObject({ success: false });
      }
    },
  );

  test("is told in XML, and for CSV in JSON with a status that says so", async () => {
    expect(await text(`${DATA}/query.xml?criteria=model::Gen<`)).toMatch(
      /^<Response success='false' start_row='0' num_rows='0' total_rows='0'><msg>Error in query: .*<\/msg><\/Response>$/s,
    );
    const response = await get(`${DATA}/query.csv?criteria=model::Gen`);
    expect([response.status, response.headers.get("content-type")]).toEqual([400, "application/json; charset=utf-8"]);
    expect(await response.json()).toMatchObject({ success: false });
  });

  test.each(["query.html", "Gene/15.php", "Gene/query.", "enumerate.csv", "data.tar.gz"])(
    "%s is no format",
    async (path) => {
      const response = await get(`${DATA}/${path}`);
      expect(response.ok).toBe(false);
      expect(await response.json()).toMatchObject({ success: false });
    },
  );

  test.each(["Gene/15/more.json", "Gene/abat.json", "/15.json", "Gene/1e3.json"])("%s is no path", async (path) => {
    const response = await get(`${DATA}/${path}`);
    expect(await response.json()).toMatchObject({ success: false });
  });
});

describe("POST", () => {
  test.each([
    ["query.json", "criteria=model%3A%3AGene%5Bid%24eq15%5D", "application/x-www-form-urlencoded; charset=UTF-8"],
    ["query", "q=model::Gene[id$eq15]", "text/plain;charset=UTF-8"],
    ["Gene/query.json", '{"criteria":"[id$eq15]","num_rows":5}', "application/json"],
    ["Gene/query.json?criteria=[id$eq15]", "", "application/x-www-form-urlencoded"],
    ["query.json?criteria=nonsense", "criteria=model::Gene[id$eq15]", "application/x-www-form-urlencoded"],
  ])("to %s with %s is the query", async (path, body, type) => {
    const response = await post(`${DATA}/${path}`, body, type);
    expect(await response.text()).toBe(GENE_15);
  });

  test.each(["[]", "null", '{"criteria":["a"]}', "{", "1", "{}"])("of the JSON %s is refused", async (body) => {
    const response = await post(`${DATA}/query.json`, body, "application/json");
    expect([response.status, await response.json()]).toEqual([
      400,
      { success: false, id: 0, start_row: 0, num_rows: 0, total_rows: 0, msg: expect.stringContaining("JSON") },
    ]);
  });

  test("of another type is refused", async () => {
    expect((await post(`${DATA}/query.json`, "<a/>", "text/xml")).status).toBe(415);
  });

  test("of 3 MB is refused, with its length told and without", async () => {
    const large = `criteria=${"a".repeat(3_000_000)}`;
    expect((await post(`${DATA}/query.json`, large, "application/x-www-form-urlencoded")).status).toBe(413);
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(100_000).fill(97)),
      cancel() {
        cancelled = true;
      },
    });
    expect((await post(`${DATA}/query.json`, endless, "application/x-www-form-urlencoded")).status).toBe(413);
    expect(cancelled).toBe(true);
  });

  test.each(["Gene/15.json", "enumerate.json", "Gene/describe.json", "query.html", "Gene.json"])(
    "to %s is not allowed",
    async (path) => {
      const response = await post(`${DATA}/${path}`, "a=b", "application/x-www-form-urlencoded");
      expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
    },
  );

  test("comes over a socket, large ones too", async () => {
    const { url, close } = await listen(mirror);
    onTestFinished(close);
    const send = (body: string): Promise<Response> =>
      fetch(`${url}${DATA}/query.json`, { method: "POST", body: new URLSearchParams({ criteria: body }) });
    expect(await (await send("model::Gene[id$eq15]")).text()).toBe(GENE_15);
    expect((await send("a".repeat(3_000_000))).status).toBe(413);
    expect(await (await send(`model::Gene[id$in15,${"9".repeat(1_900_000)}]`)).json()).toMatchObject({
      success: false,
    });
  });

  test("beside others is what a query allows", async () => {
    const response = await get(`${DATA}/query.json`, { method: "PUT", body: "" });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD, POST, OPTIONS"]);
    const preflight = await get(`${DATA}/query.json`, { method: "OPTIONS" });
    expect(preflight.headers.get("access-control-allow-methods")).toContain("POST");
  });

  test("is answered with what was recorded for the same parameters", async () => {
    stored.set(`${DATA}/query.json?criteria=recorded`, "recorded answer");
    const response = await post(`${DATA}/query.json`, "criteria=recorded", "application/x-www-form-urlencoded");
    expect(await response.text()).toBe("recorded answer");
    expect(await text(`${DATA}/query.json?criteria=recorded`)).toBe("recorded answer");
    stored.clear();
  });
});

describe("the file's name", () => {
  test.each([
    ["genes.json", "attachment; filename=genes.json"],
    ["../../etc/passwd", "attachment; filename=passwd"],
    ["..\\evil.exe", "attachment; filename=evil.exe"],
    ['a"b\r\nset-cookie: x', "attachment; filename=a_b__set-cookie__x"],
    ["été.csv", "attachment; filename=_t_.csv"],
    [".htaccess", "attachment; filename=htaccess"],
    ["..", "inline; filename=query.json"],
    ["a/", "inline; filename=query.json"],
    [LONG, `attachment; filename=${"a".repeat(100)}`],
  ])("%.30j becomes %.60s", async (name, expected) => {
    const response = await get(`${DATA}/Gene/15.json?filename=${encodeURIComponent(name)}`);
    expect(response.headers.get("content-disposition")).toBe(expected);
  });
});

describe("a long answer", () => {
  const ALL = `${DATA}/Product/query.json?num_rows=all`;

  test("comes in pieces, compressed if that is asked for", async () => {
    const response = await get(ALL);
    expect(response.headers.get("content-length")).toBeNull();
    const { msg } = (await response.json()) as { msg: { id: number }[] };
    expect(msg.map(({ id }) => id)).toEqual(Array.from({ length: 30_000 }, (_, index) => index + 1));
    const compressed = await get(ALL, { headers: { "accept-encoding": "gzip" } });
    expect(compressed.headers.get("content-encoding")).toBe("gzip");
    const plain = await new Response(compressed.body?.pipeThrough(new DecompressionStream("gzip"))).json();
    expect(plain.msg).toHaveLength(30_000);
  });

  test("gives its connection back when it is left, however many are", async () => {
    for (let count = 0; count < 12; count += 1) {
      const { body } = await get(ALL);
      const reader = body?.getReader();
      await reader?.read();
      await reader?.cancel();
    }
    expect(await text(`${DATA}/Gene/15.json`)).toBe(GENE_15);
  });

  test("gives its connection back when a client goes away", async () => {
    const { url, close } = await listen(mirror);
    onTestFinished(close);
    for (let count = 0; count < 12; count += 1) {
      const leaving = new AbortController();
      const { body } = await fetch(url + ALL, { signal: leaving.signal });
      await body?.getReader().read();
      leaving.abort();
    }
    expect(await (await fetch(`${url}${DATA}/Gene/15.json`)).text()).toBe(GENE_15);
  });

  test("is not made for HEAD", async () => {
    for (let count = 0; count < 12; count += 1) {
      const response = await get(ALL, { method: "HEAD" });
      expect([response.status, await response.text()]).toEqual([200, ""]);
    }
  });

  test("breaks off when its request does", async () => {
    const leaving = new AbortController();
    const response = await get(ALL, { signal: leaving.signal });
    leaving.abort();
    await expect(response.text()).rejects.toThrow();
    expect(await text(`${DATA}/Gene/15.json`)).toBe(GENE_15);
  });
});

describe("the listing of models", () => {
  test.each(["Gene/describe.json", "Gene.json"])("of one is at %s", async (path) => {
    const answer = JSON.parse(await text(`${DATA}/${path}`));
    expect(Object.keys(answer)).toEqual(["success", "id", "msg"]);
    const { fields, associations, table } = answer.msg[0].DataDescription.Gene;
    expect([answer.msg.length, table]).toEqual([1, "genes"]);
    expect(fields[0]).toEqual({ name: "id", type: "integer", nullable: "false", limit: "", scale: "", precision: "" });
    expect(associations).toContainEqual({ name: "organism", type: "belongs_to", class: "Organism" });
  });

  test.each(["enumerate.json", "enumerate", ".json", ""])("of all is at data/%s", async (path) => {
    const target = path.startsWith(".") ? DATA + path : `${DATA}/${path}`;
    const { msg } = JSON.parse(await text(target));
    expect(msg.length).toBeGreaterThan(92);
  });

  test("comes as XML", async () => {
    const xml = await text(`${DATA}/Organism/describe.xml`);
    expect(xml).toContain(
      "<Response success='true'><DataDescriptions><DataDescription><Organism><fields><field name='id' type='integer' nullable='false' limit='' scale='' precision=''/>",
    );
    expect(xml).toContain("<table>organisms</table></Organism></DataDescription></DataDescriptions></Response>");
  });

  test("names models like one that is not there", async () => {
    expect(JSON.parse(await text(`${DATA}/Genes/describe.json`)).msg).toContain('"Gene"');
  });
});
