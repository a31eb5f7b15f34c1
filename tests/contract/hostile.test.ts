// Requests that nobody should send, at many at once: each is answered, in words or with a picture, and none with a failure.
import { createMirror, sampleStore } from "@brainatlas/mirror";
import { SAMPLE_PLATES } from "@brainatlas/mirror/sample";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeRgb } from "../support/pictures.ts";

const RUNS = process.env.BRAINATLAS_LONG === "1" ? 100_000 : 600;
const AT_ONCE = 32;
const MAX_PIXELS = 20_000;
const mirror = createMirror({ store: sampleStore(), maxPixels: MAX_PIXELS });

const paths = SAMPLE_PLATES.flatMap(({ record, alternates }) => [record.path, ...alternates.map(({ path }) => path)]);
const number = fc.oneof(
  fc.integer({ min: -50_000, max: 50_000 }).map(String),
  fc.constantFrom(
    "",
    "0",
    "-0",
    "1",
    "1e9",
    "0x10",
    "NaN",
    "Infinity",
    "-1",
    "1.5",
    "99999999999999999999",
    "%00",
    "１",
  ),
  fc.double().map(String),
);
/** Any text that a URL can carry: unpaired surrogates it cannot. */
const text = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom("../..", "%2e%2e", "a".repeat(3000)),
);
const value = fc.oneof({ weight: 4, arbitrary: number }, { weight: 1, arbitrary: text });
const names =
  "downsample quality left top width height zoom mime fileout filter filterVals rgb contrast range colormap annotation atlas view expression projection downsample_dimensions include".split(
    " ",
  );
const query = fc
  .array(
    fc.tuple(fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: text }), value),
    { maxLength: 7 },
  )
  .map((pairs) => pairs.map(([name, each]) => `${encodeURIComponent(name)}=${encodeURIComponent(each)}`).join("&"));
const id = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...SAMPLE_PLATES.map(({ record }) => String(record.id))) },
  { weight: 1, arbitrary: value },
);
const service = fc.constantFrom(
  "atlas_image_download",
  "section_image_download",
  "projection_image_download",
  "image_download",
);
const target = fc.oneof(
  fc.tuple(service, id, query).map(([name, each, rest]) => `/api/v2/${name}/${encodeURIComponent(each)}?${rest}`),
  fc
    .tuple(fc.oneof(fc.constantFrom(...paths), text), query)
    .map(([path, rest]) => `/cgi-bin/imageservice?path=${encodeURIComponent(path)}&width=64&height=48&${rest}`),
  fc
    .tuple(fc.constantFrom(...paths), query)
    .map(([path, rest]) => `/cgi-bin/imageservice?${rest}&path=${path}&downsample=7`),
  fc
    .tuple(fc.string(), id)
    .map(([model, each]) => `/api/v2/data/${encodeURIComponent(model)}/${encodeURIComponent(each)}.json`),
  text.map((each) => `/${encodeURI(each)}`),
);
const method = fc.constantFrom("GET", "GET", "GET", "HEAD", "POST", "OPTIONS");

test("a mirror answers every request with a picture, a redirect or a refusal in words", async () => {
  const requests = fc.sample(fc.tuple(target, method), { numRuns: RUNS, seed: 7 });
  const seen = new Map<number, number>();
  for (let start = 0; start < requests.length; start += AT_ONCE) {
    const answers = requests.slice(start, start + AT_ONCE).map(async ([path, verb]) => {
      const response = await mirror.fetch(`http://mirror.test${path}`, { method: verb });
      const body = new Uint8Array(await response.arrayBuffer());
      seen.set(response.status, (seen.get(response.status) ?? 0) + 1);
      expect([path, [200, 204, 302, 400, 404, 405].includes(response.status) && response.status]).toEqual([
        path,
        response.status,
      ]);
      if (verb === "HEAD") return;
      if (response.status >= 400) {
        const { success, msg } = JSON.parse(new TextDecoder().decode(body)) as { success: boolean; msg: string };
        expect([success, msg.length > 10]).toEqual([false, true]);
      } else if (response.headers.get("content-type") === "image/jpeg") {
        const { width, height } = await decodeRgb(body);
        expect(width * height).toBeLessThanOrEqual(MAX_PIXELS);
      }
    });
    await Promise.all(answers);
  }
  // The campaign reached what it is for: pictures, redirects and refusals of every kind.
  expect([...seen.keys()]).toEqual(expect.arrayContaining([200, 302, 400, 404]));
}, 3_600_000);
