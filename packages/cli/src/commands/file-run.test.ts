import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseSwc } from "@brainatlas/sdk/morphology";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { createFakeContext, type FakeContext } from "../fake-context.test-kit.ts";
import { runProgram } from "../program.ts";

const NEURON = "# by hand\n1 1 0 0 0 5 -1\n2 3 8 0 0 1 1\n";

async function sampleContext(terminal?: { columns: number }): Promise<FakeContext> {
  const cwd = await temporaryFolder();
  return createFakeContext({ cwd, env: { BRAINATLAS_API: "sample" }, ...(terminal === undefined ? {} : { terminal }) });
}

test("file saves a reconstruction under the service's name, with its measures", async () => {
  const context = await sampleContext();
  expect(await runProgram(["file", "491459173", "--info"], context)).toBe(0);
  const [name = "", ...others] = await readdir(context.cwd);
  expect([name, others]).toEqual(["491459173_3DNeuronReconstruction.swc", []]);
  const { branches, totalLengthUm } = parseSwc(await readFile(join(context.cwd, name), "utf8")).measures();
  expect(context.stdout.text).toContain(`branches  ${branches}\n`);
  expect(context.stdout.text).toContain(`${Math.round(totalLengthUm).toLocaleString("en-US")} µm`);
  expect(context.stdout.text.endsWith(`${join(context.cwd, name)}\n`)).toBe(true);
});

test("file lists the files of a record, and downloads those of a type", async () => {
  const context = await sampleContext();
  expect(await runProgram(["file", "--owner", "491459171", "--list", "--format", "csv"], context)).toBe(0);
  expect(context.stdout.text).toBe(
    `id,well_known_file_type.name,attachable_type,attachable_id,path
491459173,3DNeuronReconstruction,NeuronReconstruction,491459171,/external/sample/files/491459173_3DNeuronReconstruction.swc
496607103,3DNeuronMarker,NeuronReconstruction,491459171,/external/sample/files/496607103_3DNeuronMarker.marker
`,
  );
  const other = await sampleContext();
  await mkdir(join(other.cwd, "out"));
  const args = ["file", "--owner", "491459171", "--type", "3DNeuronMarker", "-o", "out", "--json"];
  expect(await runProgram(args, other)).toBe(0);
  expect(JSON.parse(other.stdout.text)).toMatchObject([{ id: 496607103, mediaType: "application/octet-stream" }]);
  expect(await readdir(join(other.cwd, "out"))).toEqual(["496607103_3DNeuronMarker.marker"]);
});

test("file writes bytes to standard output, and the words beside", async () => {
  const fetch = async (): Promise<Response> => new Response(NEURON);
  const context = createFakeContext({ fetch });
  expect(await runProgram(["file", "7", "-o", "-"], context)).toBe(0);
  expect(context.stdout.text).toBe(NEURON);
  expect(context.stderr.text).toContain("File 7");
});

test("file takes no path out of the name that a service gives", async () => {
  const headers = { "content-disposition": 'attachment; filename="../../.hidden\u001b[2J.swc"' };
  const cwd = await temporaryFolder();
  const context = createFakeContext({ cwd, fetch: async () => new Response(NEURON, { headers }) });
  expect(await runProgram(["file", "7"], context)).toBe(0);
  expect(await readdir(cwd)).toEqual(["hidden__2J.swc"]);
});

/** A service that gives every file this name. */
function naming(name: string, bodyOf: (id: number) => string = () => NEURON) {
  return async (url: string): Promise<Response> =>
    new Response(bodyOf(Number(url.split("/").at(-1))), {
      headers: { "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}` },
    });
}

test("file keeps files of one name apart, and measures each", async () => {
  const cwd = await temporaryFolder();
  const bodyOf = (id: number): string => NEURON.replace(" 8 ", ` ${id} `);
  const names = ["Cell.swc", "cell-8.swc", "Cell.swc", "CELL.SWC"];
  const fetch = (url: string) => naming(names[Number(url.at(-1)) - 6] ?? "", bodyOf)(url);
  const context = createFakeContext({ cwd, fetch });
  expect(await runProgram(["file", "6", "7", "8", "9", "6", "--info", "--json"], context)).toBe(0);
  const files = ["Cell.swc", "cell-8.swc", "Cell-8-2.swc", "CELL-9.SWC"].map((name) => join(cwd, name));
  expect(JSON.parse(context.stdout.text)).toMatchObject(
    files.map((file, index) => ({ id: index + 6, file, measures: { totalLengthUm: index + 6 } })),
  );
  expect(await readdir(cwd)).toHaveLength(4);
});

test("file cuts a name to the bytes that it may have, before its ending", async () => {
  const cwd = await temporaryFolder();
  const context = createFakeContext({ cwd, fetch: naming(`a${"é".repeat(199)}.swc`) });
  expect(await runProgram(["file", "7", "8"], context)).toBe(0);
  const names = ["", "-8"].map((suffix) => `a${"é".repeat(suffix === "" ? 125 : 124)}${suffix}.swc`);
  expect((await readdir(cwd)).sort()).toEqual(names.sort());
  for (const name of names) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
});

test("file goes on after a file that is no reconstruction, and ends with 1", async () => {
  const cwd = await temporaryFolder();
  const fetch = naming("a.swc", (id) => (id === 7 ? "<html>" : NEURON));
  for (const format of [[], ["--json"]]) {
    const context = createFakeContext({ cwd, fetch });
    expect(await runProgram(["file", "7", "8", "--info", ...format], context)).toBe(1);
    expect(context.stderr.text).toMatch(/^note: file 7 has no measures: Cannot decode .*\n$/);
    expect(await readdir(cwd)).toEqual(["a-8.swc", "a.swc"]);
    if (format.length === 0) expect(context.stdout.text).toMatch(/File 7\n[\s\S]*a.swc\nFile 8\n[\s\S]*length +8 µm/);
    else expect(JSON.parse(context.stdout.text)).toMatchObject([{ id: 7 }, { id: 8, measures: { nodes: 2 } }]);
  }
});

test("file needs no reader of its output, but for bytes and rows", async () => {
  const outliving = async (...args: string[]): Promise<boolean> => {
    let isOutliving = false;
    const context = createFakeContext({ cwd: await temporaryFolder(), env: { BRAINATLAS_API: "sample" } });
    const outliveReader = (): void => {
      isOutliving = true;
    };
    expect(await runProgram(["file", ...args], { ...context, outliveReader })).toBe(0);
    return isOutliving;
  };
  expect(await outliving("491459173")).toBe(true);
  expect(await outliving("491459173", "-o", "-")).toBe(false);
  expect(await outliving("--owner", "491459171", "--list")).toBe(false);
});

test("file leaves nothing behind when the body breaks off", async () => {
  const cwd = await temporaryFolder();
  const fetch = async (): Promise<Response> => new Response("short", { headers: { "content-length": "1000" } });
  const context = createFakeContext({ cwd, fetch });
  expect(await runProgram(["file", "7", "--retries", "0"], context)).toBe(1);
  expect(context.stderr.text).toContain("the body broke off after 5 of 1000 bytes");
  expect(await readdir(cwd)).toEqual([]);
});

test("file says what is not mirrored", async () => {
  const context = await sampleContext();
  expect(await runProgram(["file", "269830017"], context)).toBe(1);
  expect(context.stderr.text).toContain(
    "The sample atlas has the record of well-known file 269830017, and not the file",
  );
});

test.each([
  [[], "Cannot tell which files are meant; give ids or --owner"],
  [["7", "--owner", "8"], "Cannot tell which files are meant; give either ids or --owner"],
  [["7", "--type", "NWBDownload"], "Cannot use --type without --owner; give both"],
  [["7", "--list"], "Cannot use --list without --owner; give both"],
  [["7", "--format", "csv"], "Cannot use --format or --fields for a download; give --list or --json"],
  [["7", "-o", "-", "--info"], "Cannot print bytes and words on the same standard output; give --out a file"],
  [["0"], 'Cannot use id "0"; give a whole number of 1 or more, such as 491459173'],
  [["7", "8", "-o", "-"], "Cannot write 2 files to one place; give --out a folder"],
])("file refuses %j", async (args, message) => {
  const context = createFakeContext();
  expect(await runProgram(["file", ...args], context)).toBe(2);
  expect(context.stderr.text).toBe(`error: ${message}\n`);
});
