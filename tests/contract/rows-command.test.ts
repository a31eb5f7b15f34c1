// The commands that print rows, as processes: what holds only there is standard input, pipes that close, and signals.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { ensureBuilt, ROOT } from "../../scripts/lib/setup.mjs";
import { temporaryFolder } from "../support/temporary.ts";

const PROGRAM = join(ROOT, "packages", "cli", "dist", "main.js");
/** Far more than anybody asks for. */
const TOTAL_ROWS = 1_000_000;

beforeAll(ensureBuilt, 300_000);

interface RowServer {
  readonly url: string;
  /** Queries that came. */
  readonly asked: string[];
}

/** A service with a million structures. */
async function serveRows(onRequest: (count: number) => void = () => {}): Promise<RowServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? "/", "http://a.test").searchParams.get("criteria") ?? "";
    asked.push(query);
    onRequest(asked.length);
    const option = (name: string): number => Number(new RegExp(`\\[${name}\\$eq(\\d+)\\]`).exec(query)?.[1] ?? 0);
    const [startRow, numRows] = [option("start_row"), option("num_rows")];
    const msg = Array.from({ length: numRows }, (_, index) => ({ id: startRow + index + 1, name: "n".repeat(60) }));
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify({ success: true, id: 0, start_row: startRow, num_rows: numRows, total_rows: TOTAL_ROWS, msg }),
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

function start(args: readonly string[]): ReturnType<typeof spawn> & { readonly said: () => string } {
  const child = spawn(process.execPath, [PROGRAM, ...args], { env: { ...process.env, NO_COLOR: "1" } });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  return Object.assign(child, { said: () => stderr });
}

async function textOf(stream: AsyncIterable<unknown> | null): Promise<string> {
  let text = "";
  for await (const chunk of stream ?? []) text += chunk;
  return text;
}

describe("brainatlas rma", () => {
  test("prints rows to a pipe with tabs between them", async () => {
    const { url } = await serveRows();
    const child = start(["rma", "model::Structure", "--limit", "2", "--fields", "id", "--api", url]);
    const closed = once(child, "close");
    expect(await textOf(child.stdout)).toBe("id\n1\n2\n");
    expect(await closed).toEqual([0, null]);
    expect(child.said()).toBe("note: 2 of 1,000,000 rows; --all gives all\n");
  });

  test("reads the query from standard input", async () => {
    const { url, asked } = await serveRows();
    const child = start(["rma", "-", "--limit", "1", "--api", url]);
    child.stdin?.end("model::Structure,\n  rma::criteria,[ontology_id$eq1]\n");
    await once(child, "close");
    expect(asked[0]).toContain("model::Structure,rma::criteria,[ontology_id$eq1],");
  });

  test.each(["ndjson", "tsv", "csv", "json", "table"])(
    "ends quietly, and asks no further, when nobody reads its %s any more",
    async (format) => {
      const { url, asked } = await serveRows();
      const child = start(["rma", "model::Structure", "--all", "--format", format, "--api", url]);
      child.stdout?.once("data", () => child.stdout?.destroy());
      const closed = once(child, "close");
      expect(await closed).toEqual([0, null]);
      expect(child.said()).toBe("");
      expect(asked.length).toBeLessThan(20);
    },
  );

  test("interrupted between pages, ends with 130, and what it printed is whole lines", async () => {
    let child: ReturnType<typeof start> | undefined;
    const { url, asked } = await serveRows((count) => {
      if (count === 3) child?.kill("SIGINT");
    });
    child = start(["rma", "model::Structure", "--all", "--format", "ndjson", "--api", url]);
    const closed = once(child, "close");
    const text = await textOf(child.stdout);
    expect(await closed).toEqual([130, null]);
    expect(child.said()).toMatch(/^note: interrupted after [\d,]+ rows; the output is not complete\n$/);
    expect(asked.length).toBeLessThan(20);
    expect(text.endsWith("}\n")).toBe(true);
  });

  test("shows the place of a mistake, and sends nothing", async () => {
    const { url, asked } = await serveRows();
    const child = start(["rma", "model::Structure,rma::criteria,[id$xx1]", "--api", url]);
    const [code] = await once(child, "close");
    expect([code, asked]).toEqual([2, []]);
    expect(child.said()).toMatch(/\[id\$xx1\]\n +\^\n$/);
  });
});

test("brainatlas file writes all its files when nobody reads what it says of them", async () => {
  const server = createServer((request, response) => {
    const id = request.url?.split("/").at(-1);
    response.writeHead(200, { "content-disposition": `attachment; filename=${id}.swc` });
    response.end("1 1 0 0 0 5 -1\n");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const cwd = await temporaryFolder();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const child = start(["file", "1", "2", "3", "--out", cwd, "--api", url]);
  child.stdout?.destroy();
  expect(await once(child, "close")).toEqual([0, null]);
  expect(child.said()).toBe("");
  expect((await readdir(cwd)).sort()).toEqual(["1.swc", "2.swc", "3.swc"]);
});

describe("on the sample", () => {
  const sample = async (...args: string[]): Promise<string> => {
    const child = start([...args, "--api", "sample"]);
    const closed = once(child, "close");
    const text = await textOf(child.stdout);
    expect({ code: (await closed)[0], said: child.said() }).toEqual({ code: 0, said: "" });
    return text;
  };

  test("brainatlas atlases names the graphs that brainatlas structures takes", async () => {
    const rows = JSON.parse(await sample("atlases", "--json", "--fields", "id,structure_graph.id"));
    expect(rows).toContainEqual({ id: 1, "structure_graph.id": 1 });
    const structure = JSON.parse(await sample("structures", "show", "CA1", "--graph", "1", "--json"));
    expect(structure).toMatchObject({ id: 382, name: "Field CA1" });
    expect(await sample("structures", "tree", "HPF", "--depth", "1")).toMatch(
      /^HPF {2}Hippocampal formation {2}1089\n {2}\w/,
    );
  });

  test("brainatlas plates lists what brainatlas image takes", async () => {
    const ids = (await sample("plates", "--annotated", "--fields", "id")).split("\n").slice(1, -1);
    expect(ids.length).toBeGreaterThan(10);
    const cwd = await temporaryFolder();
    const args = ["--downsample", "5", "--annotation", "--json", "--out", cwd];
    expect(JSON.parse(await sample("image", ids[0] ?? "", ...args))).toMatchObject({ status: 200 });
  });

  test("brainatlas datasets and rma agree", async () => {
    const found = await sample("datasets", "--gene", "Snca", "--plane", "coronal", "--fields", "id");
    expect(found).toMatch(/^id\n986\n/);
    const query =
      "SectionDataSet,rma::criteria,[failed$eqfalse],genes[acronym$eqSnca],plane_of_section[name$eqcoronal]";
    expect(await sample("rma", query, "--fields", "id")).toBe(found);
    expect(await sample("rma", query, "--count")).toBe(`${found.split("\n").length - 2}\n`);
    expect(await sample("rma", query, "--format", "xml")).toMatch(/^<Response success='true' /);
  });
});
