import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, onTestFinished, test } from "vitest";
import { createFakeContext, type FakeContext, type FakeOptions } from "../fake-context.test-kit.ts";
import { type FakeService, rowsService } from "../fake-service.test-kit.ts";
import { runProgram } from "../program.ts";

/** More rows than two pages hold. */
const MANY = Array.from({ length: 4321 }, (_, index) => ({ id: index + 1, name: `structure ${index + 1}` }));
const STRUCTURES = "model::Structure,rma::criteria,[ontology_id$eq1]";

type Run = { code: number; context: FakeContext; service: FakeService };

async function run(args: readonly string[], rows: readonly unknown[] = MANY, options: FakeOptions = {}): Promise<Run> {
  const service = rowsService(rows);
  const context = createFakeContext({ fetch: service.fetch, ...options });
  return { code: await runProgram(["rma", ...args], context), context, service };
}

describe("rma", () => {
  test("prints one page, and how many there are", async () => {
    const { code, context, service } = await run([STRUCTURES]);
    expect(code).toBe(0);
    expect(context.stdout.text.split("\n").slice(0, 2)).toEqual(["id\tname", "1\tstructure 1"]);
    expect(context.stdout.text.trimEnd().split("\n")).toHaveLength(51);
    expect(context.stderr.text).toBe("note: 50 of 4,321 rows; --all gives all\n");
    expect(service.asked).toEqual([`${STRUCTURES},rma::options[order$eq'id'][num_rows$eq50]`]);
  });

  test("takes the num_rows of a service as the default of --limit", async () => {
    const few = await run(["service::mouse_agea[num_rows$eq3]"]);
    expect(few.context.stdout.text.trimEnd().split("\n")).toHaveLength(4);
    expect(few.service.asked).toEqual(["service::mouse_agea[num_rows$eq3]"]);
    const plain = await run(["service::mouse_agea[seed_age$eqP56]"]);
    expect(plain.service.asked).toEqual(["service::mouse_agea[seed_age$eqP56][num_rows$eq50]"]);
  });

  test("--limit asks for no more, and pages where it has to", async () => {
    const few = await run([STRUCTURES, "--limit", "2", "--format", "ndjson"]);
    expect(few.context.stdout.text).toBe('{"id":1,"name":"structure 1"}\n{"id":2,"name":"structure 2"}\n');
    expect(few.service.asked).toHaveLength(1);
    const more = await run([STRUCTURES, "--limit", "2001", "--fields", "id"]);
    expect(more.context.stdout.text.trimEnd().split("\n")).toHaveLength(2002);
    expect(more.service.asked[1]).toContain("[num_rows$eq1][start_row$eq2000]");
  });

  test.each(["csv", "tsv", "ndjson", "json", "table"])("--all pages through everything, as %s", async (format) => {
    const { code, context, service } = await run([STRUCTURES, "--all", "--format", format]);
    expect([code, context.stderr.text, service.asked.length]).toEqual([0, "", 3]);
    expect(context.stdout.chunks.length).toBeGreaterThan(2);
    if (format === "json") expect(JSON.parse(context.stdout.text)).toEqual(MANY);
    else expect(context.stdout.text.match(/structure \d+/g)).toEqual(MANY.map(({ name }) => name));
  });

  test("takes the number and the start of the rows from the query, unless it is told otherwise", async () => {
    const query = `${STRUCTURES},rma::options[num_rows$eq3][start_row$eq7]`;
    const own = await run([query, "--fields", "id"]);
    expect(own.context.stdout.text).toBe("id\n8\n9\n10\n");
    expect(own.context.stderr.text).toBe("note: 8 to 10 of 4,321 rows; --all gives all\n");
    const limited = await run([query, "--fields", "id", "--limit", "4"]);
    expect(limited.context.stdout.text).toBe("id\n8\n9\n10\n11\n");
    const all = await run([`${STRUCTURES},rma::options[num_rows$eq'all']`, "--format", "ndjson"]);
    expect(all.context.stdout.text.trimEnd().split("\n")).toHaveLength(4321);
  });

  test("--count prints the number alone", async () => {
    const { code, context } = await run([STRUCTURES, "--count"]);
    expect([code, context.stdout.text, context.stderr.text]).toEqual([0, "4321\n", ""]);
  });

  test("says that there are no rows, and prints what a reader of the format expects", async () => {
    for (const [format, text] of [
      ["json", "[]\n"],
      ["ndjson", ""],
      ["csv", ""],
      ["table", ""],
    ] as const) {
      const { code, context } = await run([STRUCTURES, "--format", format], []);
      expect([code, context.stdout.text, context.stderr.text]).toEqual([0, text, "note: no rows\n"]);
    }
  });

  test("makes what rows say harmless in a terminal, and leaves it alone in a pipe", async () => {
    const rows = [{ name: "a\u001b[2Jb\u202e" }];
    for (const format of ["table", "csv", "tsv", "ndjson", "json"]) {
      const { context } = await run([STRUCTURES, "--format", format], rows, { terminal: {} });
      expect(context.stdout.text).not.toContain("\u001b");
      expect(context.stdout.text).not.toContain("\u202e");
    }
    expect((await run([STRUCTURES, "--format", "csv"], rows)).context.stdout.text).toBe("name\na\u001b[2Jb\u202e\n");
  });
});

describe("rma reads", () => {
  const ASKED = `${STRUCTURES},rma::options[order$eq'id'][num_rows$eq50]`;

  test.each([
    [["Structure[ontology_id$eq1]"]],
    [["model%3A%3AStructure%2Crma%3A%3Acriteria%2C%5Bontology_id%24eq1%5D"]],
    [["https://api.brain-map.org/api/v2/data/query.xml?criteria=model::Structure,rma::criteria,%5Bontology_id$eq1%5D"]],
    [["http://api.brain-map.org/api/v2/data/Structure/query.json?criteria=[ontology_id$eq1]"]],
    [["[ontology_id$eq1]", "--model", "Structure"]],
  ])("%j", async (args) => {
    const { code, service } = await run(args);
    expect([code, service.asked]).toEqual([0, [ASKED]]);
  });

  test("a model alone, and one record of a URL", async () => {
    expect((await run(["--model", "Organism"])).service.asked[0]).toContain("model::Organism,rma::options");
    expect((await run(["Organism"])).service.asked[0]).toContain("model::Organism,rma::options");
    const record = await run(["https://api.brain-map.org/api/v2/data/Gene/15.json?include=organism"]);
    expect(record.service.asked[0]).toContain("model::Gene,rma::criteria,[id$eq15],rma::include,organism,");
  });

  test("standard input and files, over several lines", async () => {
    const text = "model::Structure,\n  rma::criteria,\n  [ontology_id$eq1]\n";
    expect((await run(["-"], MANY, { stdin: text })).service.asked).toEqual([ASKED]);
    const cwd = mkdtempSync(join(tmpdir(), "brainatlas-test-"));
    onTestFinished(() => rmSync(cwd, { recursive: true }));
    writeFileSync(join(cwd, "query.rma"), text);
    writeFileSync(join(cwd, "empty.rma"), " \n");
    expect((await run(["--file", "query.rma"], MANY, { cwd })).service.asked).toEqual([ASKED]);
    const empty = await run(["--file", "empty.rma"], MANY, { cwd });
    expect([empty.code, empty.context.stderr.text]).toEqual([
      2,
      'error: Cannot ask without a query: "empty.rma" is empty\n',
    ]);
    const missing = await run(["--file", "none.rma"], MANY, { cwd });
    expect([missing.code, missing.context.stderr.text]).toEqual([
      1,
      expect.stringMatching(/^error: Cannot read the query from "none.rma": ENOENT/),
    ]);
  });

  test("no more than it can", async () => {
    const { code, context } = await run(["-"], MANY, { stdin: "x".repeat(4_000_001) });
    expect([code, context.stderr.text]).toEqual([
      1,
      "error: Cannot read the query from standard input: it is longer than 4 MB\n",
    ]);
  });
});

test("rma says what it understood where a shell may have taken the operators", async () => {
  const lost = await run(["Structure[ontology_id],rma::criteria,ontology(organism[id])", "--limit", "1"]);
  expect(lost.context.stderr.text).toContain(
    "note: [ontology_id] asks for rows that have any ontology_id; if an operator was meant, put the query in single quotes\n",
  );
  const below = await run(["Structure,rma::criteria,ontology(organism[id])", "--limit", "1"]);
  expect(below.context.stderr.text).toContain("note: [id] asks for");
  const meant = await run(["Structure[id$ne1][ontology_id]", "--limit", "1"]);
  expect(meant.context.stderr.text).not.toContain("single quotes");
});

test.each([
  ["Structure[acronym'CA1']", true],
  ['Structure,rma::criteria,ontology[name"Mouse"]', true],
  ["Structure[acronym$eq'CA1'", false],
  ["Structure[acronym", false],
])("rma asks of %s, which it cannot read, whether a shell took the operators: %s", async (query, isAsked) => {
  const { code, context } = await run([query]);
  expect([code, context.stdout.text]).toEqual([2, ""]);
  expect(context.stderr.text).toMatch(/^error: Cannot read the query at offset/);
  expect(
    context.stderr.text.endsWith(
      "\nhint: did the shell take $eq or the like for a variable? Put the query in single quotes\n",
    ),
  ).toBe(isAsked);
});

describe("rma --raw", () => {
  const XML = "<Response success='true' start_row='0' num_rows='1' total_rows='1'>\n  <organisms/>\n</Response>";

  async function raw(
    args: readonly string[],
    body: string,
    options: FakeOptions = {},
  ): Promise<Run & { urls: string[] }> {
    const urls: string[] = [];
    const fetch = async (url: string): Promise<Response> => {
      urls.push(decodeURIComponent(url));
      return new Response(body, { headers: { "content-type": "application/xml" } });
    };
    return { ...(await run(["model::Organism", ...args], [], { fetch, ...options })), urls };
  }

  test("prints the service's own answer, unchanged", async () => {
    const xml = await raw(["--format", "xml"], XML);
    expect([xml.code, xml.context.stdout.text, xml.context.stderr.text]).toEqual([0, XML, ""]);
    expect(xml.urls).toEqual([
      "https://api.brain-map.org/api/v2/data/query.xml?criteria=model::Organism,rma::options[num_rows$eq50]",
    ]);
    expect((await raw(["--raw", "--all"], "{}")).urls[0]).toContain(
      "query.json?criteria=model::Organism,rma::options[num_rows$eq'all']",
    );
    expect((await raw(["--raw", "--format", "csv", "--limit", "7"], "id\n1\n")).urls[0]).toContain("query.csv?");
  });

  test.each([
    [XML, `${XML}\n`],
    [`${XML}\n`, `${XML}\n`],
    ["", ""],
  ])("ends the last line in a terminal: %j", async (body, shown) => {
    for (const args of [["--format", "xml"], ["--raw"]]) {
      expect((await raw(args, body, { terminal: {} })).context.stdout.text).toBe(shown);
    }
  });

  test.each([
    "<Response success='false' id='0'>no</Response>",
    '<?xml version="1.0"?>\n<Response success="false"/>',
    '{"success": false, "msg": "Error in query: no"}',
  ])("prints %s too, and fails", async (body) => {
    const { code, context } = await raw(["--raw"], body);
    expect([code, context.stdout.text, context.stderr.text]).toEqual([
      1,
      body,
      "error: The service refuses the query; its answer says why\n",
    ]);
  });
});

describe("rma --dry-run prints the URL and sends nothing", () => {
  test.each([
    [
      [],
      "https://api.brain-map.org/api/v2/data/query.json?criteria=model::Structure,rma::criteria,[ontology_id$eq1],rma::options[order$eq'id'][num_rows$eq50]",
    ],
    [
      ["--format", "xml", "--api", "http://127.0.0.1:9/atlas/"],
      "http://127.0.0.1:9/atlas/api/v2/data/query.xml?criteria=model::Structure,rma::criteria,[ontology_id$eq1],rma::options[num_rows$eq50]",
    ],
  ])("%j", async (args, url) => {
    const { code, context, service } = await run([STRUCTURES, "--dry-run", ...args]);
    expect([code, decodeURIComponent(context.stdout.text), service.asked]).toEqual([0, `${url}\n`, []]);
    expect(context.stdout.text).toContain("%5Bontology_id$eq1%5D");
  });

  test("of a query that is sent as a form, too", async () => {
    const ids = Array.from({ length: 500 }, (_, index) => 100_000 + index).join(",");
    const { context } = await run(["--model", "Structure", `[id$in${ids}]`, "--dry-run"]);
    expect(decodeURIComponent(context.stdout.text)).toContain(
      `query.json?criteria=model::Structure,rma::criteria,[id$in${ids}]`,
    );
  });
});

describe("rma refuses", () => {
  test("what it cannot read, with the place", async () => {
    const { code, context, service } = await run(["model::Gene,rma::criteria,[id$xx1]"]);
    expect([code, context.stdout.text, service.asked]).toEqual([2, "", []]);
    expect(context.stderr.text).toBe(
      [
        'error: Cannot read the query at offset 29: there is "$", expected "]" or an operator: $eq $ne $lt $gt $le $ge $li $il $in $is',
        "model::Gene,rma::criteria,[id$xx1]",
        "                             ^",
        "",
      ].join("\n"),
    );
  });

  test.each([
    [[], "Cannot ask without a query; give one, or --model, or --file"],
    [["model::Gene", "--file", "x"], "Cannot use a query and --file at once; give one of them"],
    [["model::Gene", "--model", "Gene"], "Cannot use --model with a query that names its own; leave one of them out"],
    [["--model", "a b"], 'Cannot use name "a b"; give letters, digits and underscores'],
    [["Gene", "--all", "--limit", "5"], "Cannot use --all with --limit; leave one of them out"],
    [["Gene", "--count", "--json"], "Cannot use --count with --json; leave one of them out"],
    [["Gene", "--raw", "--format", "table"], "Cannot print --raw as table; give --format json, csv or xml"],
    [["Gene", "--raw", "--fields", "id"], "Cannot choose --fields of the service's own answer"],
    [["Gene", "--format", "xml", "--json"], "Cannot print --json and --format xml at once"],
    [["Gene", "--fields", "id,,name"], 'Cannot use --fields "id,,name"; give names with commas between them'],
    [["https://api.brain-map.org/api/v2/data/query.json"], "Cannot ask without a query: this URL holds no query\n"],
    [["https://example.com/?criteria=&num_rows=5"], "Cannot ask without a query: this URL holds no query\n"],
    [["-"], "Cannot ask without a query: standard input is empty\n"],
    [["-", "--model", "Gene"], "Cannot ask without a query: standard input is empty\n"],
  ])("%j", async (args, message) => {
    const { code, context, service } = await run(args);
    expect([code, context.stdout.text, service.asked]).toEqual([2, "", []]);
    expect(context.stderr.text).toContain(`error: ${message}`);
  });

  test("fields that the rows have not, before it prints any", async () => {
    const { code, context } = await run([STRUCTURES, "--fields", "id,nmae"]);
    expect([code, context.stdout.text, context.stderr.text]).toEqual([
      2,
      "",
      'error: Cannot find field "nmae" in the rows; give some of id, name\nhint: did you mean name?\n',
    ]);
  });

  test("nothing that the service refuses, and repeats its words", async () => {
    const fetch = async (): Promise<Response> =>
      Response.json({ success: false, msg: "Error in query: no such model" });
    const { code, context } = await run(["model::Gnee"], [], { fetch });
    expect([code, context.stdout.text]).toEqual([1, ""]);
    expect(context.stderr.text).toMatch(/^error: .*the server says "Error in query: no such model"/);
  });
});

test("rma ends when it is interrupted while it waits for a query", async () => {
  let interrupt = (): void => {};
  // A reader that types nothing, and presses Ctrl-C.
  const stdin = new Readable({ read: () => setImmediate(() => interrupt()) });
  const context = createFakeContext({ stdin });
  interrupt = () => context.interrupt("SIGINT");
  expect(await runProgram(["rma", "-"], context)).toBe(130);
  expect(context.stderr.text).toBe("");
});

test("rma ends between two pages when it is interrupted, and says that rows are missing", async () => {
  const service = rowsService(MANY);
  const context = createFakeContext({
    fetch: (url, init) => {
      // A page is asked for while the one before it is printed.
      if (decodeURIComponent(url).includes("[start_row$eq4000]")) context.interrupt("SIGINT");
      return service.fetch(url, init);
    },
  });
  expect(await runProgram(["rma", STRUCTURES, "--all", "--format", "json"], context)).toBe(130);
  expect(context.stdout.text.match(/"id"/g)).toHaveLength(2000);
  expect(context.stderr.text).toBe("note: interrupted after 2,000 rows; the output is not complete\n");
});
