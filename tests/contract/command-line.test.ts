// The program as its users run it: a process, built, with real files and a real port.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { ensureBuilt, ROOT } from "../../scripts/lib/setup.mjs";
import { decodeRgb, makeDrawing } from "../support/pictures.ts";
import { describeRecorded, recording } from "../support/recordings.ts";
import { type Outcome, runProgram } from "../support/run.ts";
import { temporaryFolder } from "../support/temporary.ts";

const PROGRAM = join(ROOT, "packages", "cli", "dist", "main.js");
const brainatlas = (args: readonly string[], options: Parameters<typeof runProgram>[2] = {}): Promise<Outcome> =>
  runProgram(process.execPath, [PROGRAM, ...args], options);

beforeAll(ensureBuilt, 300_000);

/** A server on any port. */
async function serve(answer: Parameters<typeof createServer>[1]): Promise<{ url: string; server: Server }> {
  const server = createServer(answer as () => void).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

describe("brainatlas image", () => {
  test("does the main job on the sample", async () => {
    const cwd = await temporaryFolder();
    const args = ["image", "100883869", "--downsample", "4", "--annotation", "--api", "sample"];
    const { code, stdout, stderr } = await brainatlas(args, { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("302 → 200");
    expect(stdout).toContain("left=3008&top=30592&width=969&height=489&downsample=4");
    expect(stdout).toContain("synthetic");
    const files = await readdir(cwd);
    expect(files).toEqual(["atlas-image-100883869-ds4-annotation.jpg"]);
    expect(await decodeRgb(await readFile(join(cwd, files[0] ?? "")))).toMatchObject({ width: 969, height: 489 });
  });

  test("ends with the path of the file", async () => {
    const cwd = await temporaryFolder();
    const { stdout } = await brainatlas(["image", "100883869", "--downsample", "6", "--api", "sample"], { cwd });
    expect(stdout.trimEnd().split("\n").at(-1)).toBe(join(cwd, "atlas-image-100883869-ds6.jpg"));
  });

  test("prints all as JSON, and the URL alone, without a request", async () => {
    const cwd = await temporaryFolder();
    const common = ["image", "100883869", "--downsample", "6", "--api"];
    const json = JSON.parse((await brainatlas([...common, "sample", "--json"], { cwd })).stdout);
    expect(json).toMatchObject({
      id: 100883869,
      service: "atlas",
      status: 200,
      width: 242,
      height: 122,
      source: "computed",
    });
    expect(json.history.map((hop: { status: number }) => hop.status)).toEqual([302]);
    const dry = await brainatlas([...common, "http://127.0.0.1:1", "--dry-run"], { cwd: await temporaryFolder() });
    expect(dry.stdout).toBe("http://127.0.0.1:1/api/v2/atlas_image_download/100883869?downsample=6\n");
  });

  test("gives the bytes alone to a pipe", async () => {
    const args = ["image", "100883869", "--downsample", "6", "--api", "sample", "--out", "-"];
    const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ["ignore", "pipe", "ignore"] });
    const chunks: Buffer[] = [];
    for await (const chunk of child.stdout) chunks.push(chunk as Buffer);
    expect(await decodeRgb(Buffer.concat(chunks))).toMatchObject({ width: 242, height: 122 });
  });

  test.each([
    [["image", "-1", "--api", "sample"], 1, "404 Not Found"],
    [["image", "1e9"], 2, "whole number"],
    [["image", "0x10"], 2, "whole number"],
    [["image", "1", "--quality", "101"], 2, "from 0 to 100"],
    [["image", "1", "--width", "0"], 2, "width"],
    [["image", "1", "--view", "expression"], 2, "--service section"],
    [["image", "1", "--downsampel", "4"], 2, "--downsample"],
    [["imgae", "1"], 2, "image"],
    [["image"], 2, "id"],
    [["image", "1", "--api", "ftp://a.test"], 2, "http"],
  ])("%j ends with %i and words", async (args, code, words) => {
    const cwd = await temporaryFolder();
    const outcome = await brainatlas(args, { cwd });
    expect([outcome.code, outcome.stdout]).toEqual([code, ""]);
    expect(outcome.stderr).toContain(words);
    expect(outcome.stderr).not.toMatch(/\n\s+at /);
    expect(await readdir(cwd)).toEqual([]);
  });

  test("says how to go on when nobody answers", async () => {
    const { url, server } = await serve(() => {});
    server.close();
    const { code, stderr } = await brainatlas(["image", "1", "--api", url, "--retries", "0"]);
    expect(code).toBe(1);
    expect(stderr).toContain("refused");
    expect(stderr).toMatch(/hint: .*--api sample/);
  });

  test("killed in the middle of a download, leaves no file of that name", async () => {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, "plate.jpg"), "the old one");
    let child: ReturnType<typeof spawn> | undefined;
    const { url } = await serve((_, response) => {
      response.writeHead(200, { "content-type": "image/jpeg", "content-length": "100000" });
      response.write(Buffer.alloc(1000, 0xff), () => child?.kill("SIGKILL"));
    });
    child = spawn(process.execPath, [PROGRAM, "image", "1", "--api", url, "--out", "plate.jpg"], {
      cwd,
      stdio: "ignore",
    });
    await once(child, "close");
    expect(await readFile(join(cwd, "plate.jpg"), "utf8")).toBe("the old one");
    expect(await readdir(cwd)).toEqual(["plate.jpg"]);
  });

  test("interrupted, ends with 130 and keeps the old file", async () => {
    const cwd = await temporaryFolder();
    let child: ReturnType<typeof spawn> | undefined;
    const { url } = await serve(() => {
      child?.kill("SIGINT");
    });
    child = spawn(process.execPath, [PROGRAM, "image", "1", "--api", url], { cwd, stdio: "ignore" });
    const [code] = await once(child, "close");
    expect(code).toBe(130);
    expect(await readdir(cwd)).toEqual([]);
  });
});

describe("brainatlas serve", () => {
  /** Runs a server until the work with its URL is done, then sends the signal. */
  async function serving(
    args: readonly string[],
    signal: NodeJS.Signals,
    work: (url: string) => Promise<void>,
  ): Promise<number | null> {
    const child = spawn(process.execPath, [PROGRAM, "serve", "--port", "0", ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    onTestFinished(() => {
      child.kill("SIGKILL");
    });
    let said = "";
    const url = await new Promise<string>((resolve, reject) => {
      const listen = (chunk: Buffer): void => {
        said += chunk;
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
        if (found !== undefined) resolve(found);
      };
      child.stdout.on("data", listen);
      child.stderr.on("data", listen);
      child.on("close", () => reject(new Error(`serve ended early: ${said}`)));
    });
    await work(url);
    const closed = once(child, "close");
    child.kill(signal);
    return (await closed)[0];
  }

  test("serves the sample to another process, and stops when it is told to", async () => {
    const cwd = await temporaryFolder();
    const code = await serving(["--sample"], "SIGINT", async (url) => {
      const outcome = await brainatlas(["image", "100883869", "--downsample", "5", "--api", url], { cwd });
      expect(outcome).toMatchObject({ code: 0, stderr: "" });
    });
    expect(code).toBe(130);
    expect(await serving(["--sample"], "SIGTERM", async () => {})).toBe(0);
  });

  test("serves what was imported before, in another process", async () => {
    const folder = await temporaryFolder();
    const store = join(folder, "store");
    await writeFile(join(folder, "77.svg"), makeDrawing(77, 3200, 1600));
    expect(await brainatlas(["store", "import", join(folder, "77.svg"), "--store", store])).toMatchObject({ code: 0 });
    const list = JSON.parse((await brainatlas(["store", "list", "--store", store, "--json"])).stdout);
    expect(list).toHaveLength(2);
    await serving(["--store", store], "SIGTERM", async (url) => {
      const args = ["image", "77", "--downsample", "3", "--annotation", "--api", url, "--json", "--out", folder];
      expect(JSON.parse((await brainatlas(args)).stdout)).toMatchObject({ width: 400, height: 200 });
    });
  });

  test("refuses a folder that is no store", async () => {
    const { code, stderr } = await brainatlas(["serve", "--store", await temporaryFolder()]);
    expect(code).toBe(1);
    expect(stderr).toContain("there is no store in that folder");
  });
});

test("brainatlas store import reports the bad file and takes the good one", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "1.jpg"), "no picture");
  await writeFile(join(folder, "2.svg"), makeDrawing(2, 320, 160));
  const store = join(folder, "store");
  const { code, stderr } = await brainatlas([
    "store",
    "import",
    join(folder, "1.jpg"),
    join(folder, "2.svg"),
    "--store",
    store,
  ]);
  expect(code).toBe(1);
  expect(stderr).toContain("1.jpg");
  const info = JSON.parse((await brainatlas(["store", "info", "--store", store, "--json"])).stdout);
  expect(info).toMatchObject({ entries: { drawing: 1 }, records: { AtlasImage: 1 } });
});

test("brainatlas doctor finds the sample in order", async () => {
  const { code, stdout } = await brainatlas(["doctor", "--api", "sample", "--json"], {
    env: { XDG_DATA_HOME: await temporaryFolder() },
  });
  expect(code).toBe(0);
  expect(() => JSON.parse(stdout)).not.toThrow();
});

describeRecorded("the recorded exchange, from the command line", () => {
  test("comes back with every byte", async () => {
    const folder = await temporaryFolder();
    const store = join(folder, "store");
    const exchange = recording("recorded", "imageservice_100883869_http_exchange.json");
    expect(await brainatlas(["store", "import", exchange, "--store", store])).toMatchObject({ code: 0 });
    const child = spawn(process.execPath, [PROGRAM, "serve", "--store", store, "--port", "0"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    onTestFinished(() => {
      child.kill("SIGKILL");
    });
    const url = await new Promise<string>((resolve) => {
      const listen = (chunk: Buffer): void => resolve(/http:\/\/127\.0\.0\.1:\d+/.exec(String(chunk))?.[0] ?? "");
      child.stdout.once("data", listen);
    });
    const args = [
      "image",
      "100883869",
      "--downsample",
      "4",
      "--annotation",
      "--api",
      url,
      "--out",
      join(folder, "plate.jpg"),
      "--json",
    ];
    const result = JSON.parse((await brainatlas(args)).stdout);
    expect(result).toMatchObject({ status: 200, sizeBytes: 95_569, width: 969, height: 489, source: "stored" });
    const body = recording("recorded", "atlas_image_download_100883869_ds4_annotation.jpg");
    expect(Buffer.compare(await readFile(join(folder, "plate.jpg")), await readFile(body))).toBe(0);
  });
});
