import { expect, test, vi } from "vitest";
import {
  ApiError,
  ConnectionError,
  DecodeError,
  HttpError,
  isAtlasError,
  NotMirroredError,
  TimeoutError,
  TooManyRedirectsError,
  UnsupportedError,
} from "./errors.ts";

const facts = { method: "GET", url: "http://atlas.test/x", attempts: 1 };
const http = { ...facts, statusText: "?", headers: new Headers(), history: [], bodyExcerpt: "" };

const family = [
  new ConnectionError(facts, "refused"),
  new TimeoutError(facts, 5, "attempt"),
  new TooManyRedirectsError(facts, [], 0),
  new HttpError({ ...http, status: 500 }),
  new ApiError("http://atlas.test/x", "?q", "no"),
  new DecodeError("JSON", { at: 0, expected: "a", found: "b" }),
  new NotMirroredError("http://atlas.test/x", ""),
  new UnsupportedError("tea", "no kettle"),
] as const;

test("AtlasError has a literal code and the name of its class", () => {
  expect(family.map(({ name, code }) => `${name} ${code}`)).toEqual([
    "ConnectionError ATLAS_CONNECTION",
    "TimeoutError ATLAS_TIMEOUT",
    "TooManyRedirectsError ATLAS_REDIRECTS",
    "HttpError ATLAS_HTTP",
    "ApiError ATLAS_API",
    "DecodeError ATLAS_DECODE",
    "NotMirroredError ATLAS_NOT_MIRRORED",
    "UnsupportedError ATLAS_UNSUPPORTED",
  ]);
});

test("AtlasError keeps to the rules for messages", () => {
  for (const { message } of family) {
    expect(message).toMatch(/^Cannot /);
    expect(message).not.toMatch(/\.$|n't/);
  }
});

test("isAtlasError() holds for the family, and for the given codes only", () => {
  for (const error of family) {
    expect(isAtlasError(error)).toBe(true);
    expect(isAtlasError(error, error.code)).toBe(true);
    expect(isAtlasError(error, "ATLAS_HTTP", "ATLAS_API")).toBe(
      error.code === "ATLAS_HTTP" || error.code === "ATLAS_API",
    );
  }
  const others = [
    undefined,
    null,
    "ATLAS_HTTP",
    5,
    {},
    new Error("x"),
    { code: 5 },
    { code: "ENOENT" },
    { code: "ATLAS" },
  ];
  for (const other of others) expect(isAtlasError(other)).toBe(false);
});

test("isAtlasError() holds across two copies of the package", async () => {
  vi.resetModules();
  const copy = await import("./errors.ts");
  const foreign = new copy.UnsupportedError("tea", "no kettle");
  expect(foreign).not.toBeInstanceOf(UnsupportedError);
  expect(isAtlasError(foreign, "ATLAS_UNSUPPORTED")).toBe(true);
  expect(copy.isAtlasError(family[0], "ATLAS_CONNECTION")).toBe(true);
});

test.each([
  [404, undefined, "check the id and the service"],
  [429, undefined, "try again later"],
  [503, 1500, "try again in 2 s"],
  [500, undefined, "the server is at fault, try again later"],
  [302, undefined, "give the address that it leads to, if that is meant"],
  [400, undefined, "correct the request"],
])("HttpError of %i says what to do", (status, retryAfterMs, advice) => {
  expect(new HttpError({ ...http, status, retryAfterMs }).message).toBe(
    `Cannot GET http://atlas.test/x: the server answered ${status} ?; ${advice}`,
  );
});

test("HttpError quotes a body on one line", () => {
  const { message } = new HttpError({ ...http, status: 400, bodyExcerpt: " two\n\n  lines " });
  expect(message).toContain(', saying "two lines";');
});
