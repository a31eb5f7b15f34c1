import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { createViewer } from "./create-viewer.ts";

test("createViewer() serves the page, and nothing of the API", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "index.html"), "page");
  const { fetch } = createViewer(folder);
  const page = await fetch("http://x/view/?api=https://api.test");
  expect([page.status, await page.text()]).toEqual([200, "page"]);
  expect(page.headers.get("content-security-policy")).toContain("connect-src 'self' https://api.test;");
  expect((await fetch("http://x/view")).headers.get("location")).toBe("./view/");
  for (const path of ["/", "/api/v2/data/Gene/query.json", "/index.html"]) {
    const { status, headers } = await fetch(`http://x${path}`);
    expect([status, headers.get("x-brainatlas-source")]).toEqual([404, "refused"]);
  }
  expect((await fetch("http://x/view/", { method: "DELETE" })).status).toBe(405);
});

test("createViewer() tells its operator, and not the client, what fails", async () => {
  const folder = await temporaryFolder();
  const told: unknown[] = [];
  const { fetch } = createViewer(folder, { onError: (error, { url }) => told.push([String(error), url]) });
  const response = await fetch("http://x/view/");
  expect([response.status, await response.text()]).toEqual([500, expect.not.stringContaining(folder)]);
  expect(told).toEqual([[expect.stringContaining("it has no index.html"), "http://x/view/"]]);
});
