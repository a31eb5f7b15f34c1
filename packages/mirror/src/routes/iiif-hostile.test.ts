import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { decodeRgb } from "../../../../tests/support/pictures.ts";
import { checkAsyncProperty } from "../../../../tests/support/property.ts";
import { createMirror, type Mirror } from "../mirror.ts";
import { sampleStore } from "../store/sample-store.ts";

let mirror: Mirror;

beforeAll(() => {
  mirror = createMirror({ store: sampleStore() });
});

const get = (path: string, init?: RequestInit): Promise<Response> => mirror.fetch(`http://mirror.test${path}`, init);

describe("whatever is asked", () => {
  const whole = fc.oneof(fc.nat(1200), fc.nat(1200), fc.constantFrom(0, 1, 256, 999, 1000, 65_535, 999_999_999));
  const part = fc.oneof(
    fc.nat(100),
    fc.integer({ min: 1, max: 99_999 }).map((value) => value / 1000),
  );
  const list = (values: fc.Arbitrary<number>, length: number) =>
    fc.array(values, { minLength: length, maxLength: length }).map((parts) => parts.join(","));
  const odd = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.string({ unit: "binary", maxLength: 6 }),
    fc.constantFrom("..", "%", "%2", "%ff", "\\", "?", "#", "1e3", "-1", "0x10"),
  );
  /** Now and then something else than what is expected. */
  const mostly = (...expected: fc.Arbitrary<string>[]) =>
    fc.oneof({ weight: 15, arbitrary: fc.oneof(...expected) }, { weight: 1, arbitrary: odd });
  const region = mostly(
    fc.constantFrom("full", "square"),
    list(whole, 4),
    list(part, 4).map((text) => `pct:${text}`),
  );
  const form = mostly(
    fc.constantFrom("full", "max"),
    list(whole, 2),
    whole.map((n) => `${n},`),
    whole.map((n) => `,${n}`),
    part.map((n) => `pct:${n}`),
  );
  const size = fc.tuple(fc.constantFrom("", "^", "^", "!", "^!"), form).map((parts) => parts.join(""));
  const rotation = mostly(
    part.map(String),
    fc.nat(400).map((n) => `!${n}`),
  );
  const name = mostly(fc.constantFrom("default.jpg", "color.png", "gray.webp", "bitonal.tif"));
  const path = fc
    .tuple(fc.constantFrom("2/test-card", "3/test-card", "3/100883869:annotation"), region, size, rotation, name)
    .map((parts) => `/iiif/${parts.join("/")}`);

  test("is answered or refused, and a canonical link is one that leads to itself", async () => {
    let given = 0;
    await checkAsyncProperty(
      fc.asyncProperty(path, async (asked) => {
        const response = await get(asked, { method: "HEAD" });
        expect(response.status).toBeOneOf([200, 303, 400, 404]);
        const [, canonical] = /^<([^>]*)>;rel="canonical"/.exec(response.headers.get("link") ?? "") ?? [];
        if (response.status !== 200 || canonical === undefined) return;
        given += 1;
        const again = await get(canonical, { method: "HEAD" });
        expect([again.status, again.headers.get("link")]).toEqual([200, response.headers.get("link")]);
        expect(again.headers.get("etag")).toBe(response.headers.get("etag"));
      }),
    );
    expect(given).toBeGreaterThan(40);
  });

  test("has the size that its canonical link says", async () => {
    const length = fc.integer({ min: 1, max: 300 });
    await checkAsyncProperty(
      fc.asyncProperty(fc.nat(999), fc.nat(999), length, length, length, async (x, y, w, h, edge) => {
        const response = await get(`/iiif/3/test-card/${x},${y},${w},${h}/^!${edge},${edge}/0/default.jpg`);
        const asked = /\/\^?(?:max|(\d+),(\d+))\/0\//.exec(response.headers.get("link") ?? "");
        const region = [Math.min(w, 1000 - x), Math.min(h, 1000 - y)];
        const { width, height } = await decodeRgb(await response.bytes());
        expect([width, height]).toEqual(asked?.[1] === undefined ? region : asked.slice(1).map(Number));
        expect(Math.max(width, height)).toBe(edge);
      }),
      40,
    );
  });
});
