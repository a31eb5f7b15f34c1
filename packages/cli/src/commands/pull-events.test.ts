import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import type { FakeContext } from "../fake-context.test-kit.ts";
import { eventsOf, newPullSide, type PullSide } from "./pull.test-kit.ts";

let side: PullSide;
beforeEach(async () => {
  side = await newPullSide();
});

describe("pull --json", () => {
  test("prints an event a line, and nothing beside them", async () => {
    const context = side.contextOf({ terminal: {} });
    expect(await side.pullList(context, "--json", "--to", "f")).toBe(0);
    const events = eventsOf(context);
    expect(events.map(({ event }) => event)).toEqual(["plan", "start", "file", "file", "end"]);
    expect(events[0]).toMatchObject({ pictures: 2, requests: 2, synthetic: true, target: "folder" });
    expect(events.at(-1)).toMatchObject({
      status: "done",
      fetched: 2,
      kept: 0,
      failed: 0,
      directory: join(side.cwd, "f"),
    });
    expect(context.stderr.text).toBe("");
  });

  test("ends with the place that was given, and how, when it is interrupted", async () => {
    const context: FakeContext = side.contextOf({
      fetch: side.service((url) => {
        if (url.pathname.startsWith("/cgi-bin")) context.interrupt("SIGINT");
        return undefined;
      }),
    });
    expect(await side.pullList(context, "--json", "--store", "s", "--concurrency", "1")).toBe(130);
    const events = eventsOf(context);
    expect(events.filter(({ event }) => event === "end" || event === "failure")).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ event: "end", status: "interrupted", directory: join(side.cwd, "s") });
  });

  test("calls nothing a failure that was not put because it was interrupted", async () => {
    const context = side.contextOf();
    const stdout = Object.assign(Object.create(context.stdout) as FakeContext["stdout"], {
      write(text: string): boolean {
        if (text.includes('"event":"file"')) context.interrupt("SIGINT");
        return context.stdout.write(text);
      },
    });
    const drawings = ["svg", "--atlas", "2", "--store", "s"];
    expect(await side.pull({ ...context, stdout }, "--json", ...drawings)).toBe(130);
    const events = eventsOf(context).map(({ event }) => event);
    expect(events.filter((event) => event === "failure")).toEqual([]);
    // The one whose turn had begun is put, and none after it.
    expect(events.filter((event) => event === "file").length).toBeLessThan(3);
    expect(events.at(-1)).toBe("end");
  });

  test("ends when nothing could be begun with", async () => {
    await mkdir(join(side.cwd, "f/manifest.ndjson"), { recursive: true });
    const context = side.contextOf();
    expect(await side.pullList(context, "--json", "--to", "f")).toBe(1);
    const events = eventsOf(context);
    expect(events.map(({ event }) => event)).toEqual(["plan", "start", "end"]);
    expect(events.at(-1)).toMatchObject({ status: "failed", fetched: 0, directory: join(side.cwd, "f") });
  });

  test("ends when it is interrupted before anything is fetched", async () => {
    const context = side.contextOf();
    const stdout = Object.assign(Object.create(context.stdout) as FakeContext["stdout"], {
      write(text: string): boolean {
        context.interrupt("SIGINT");
        return context.stdout.write(text);
      },
    });
    expect(await side.pullList({ ...context, stdout }, "--json", "--to", "f")).toBe(130);
    expect(eventsOf(context).map(({ event }) => event)).toEqual(["plan", "end"]);
    expect(context.stderr.text).toContain("note: interrupted: 0 of 2 files are there");
  });
});
