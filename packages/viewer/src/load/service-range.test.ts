import { BrainAtlas } from "@brainatlas/sdk";
import { expect, test } from "vitest";
import { loadServiceRange } from "./service-range.ts";

const RECORD = {
  id: 7,
  path: "/a.aff",
  x: 0,
  y: 0,
  width: 34_048,
  height: 24_064,
  image_width: 34_048,
  image_height: 24_064,
};

/** A service that redirects to its image service with a filter. */
function apiWith(extras: string): { api: BrainAtlas; asked: string[] } {
  const asked: string[] = [];
  const api = new BrainAtlas({
    baseUrl: "http://api.test",
    fetch: async (url) => {
      const { pathname, search } = new URL(String(url));
      asked.push(pathname + search);
      if (pathname === "/cgi-bin/imageservice") return new Response("", { headers: { "content-type": "image/png" } });
      const location = `http://api.test/cgi-bin/imageservice?mime=1&path=/a.aff&width=9&height=9${extras}`;
      return new Response(null, { status: 302, headers: { location } });
    },
  });
  return { api, asked };
}

const load = (extras: string) => loadServiceRange(apiWith(extras).api, RECORD, new AbortController().signal);

test("loadServiceRange() is what the service hands on to its image service", async () => {
  expect(await load("&filter=range&filterVals=0,932,0,1279,0,4095")).toEqual([0, 932, 0, 1279, 0, 4095]);
  expect(await load("")).toBeUndefined();
  expect(await load("&filter=colormap&filterVals=0.5,3,0,256,4")).toBeUndefined();
});

test("loadServiceRange() refuses what are no windows", async () => {
  await expect(load("&filter=range&filterVals=1,2,3")).rejects.toThrow("range");
  await expect(load("&filter=range")).resolves.toBeUndefined();
});

test("loadServiceRange() asks for the smallest picture that there is", async () => {
  const { api, asked } = apiWith("");
  await loadServiceRange(api, RECORD, new AbortController().signal);
  expect(asked[0]).toBe("/api/v2/section_image_download/7?downsample=8");
});
