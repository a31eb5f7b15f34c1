import { expect, test } from "vitest";
import { loadOf } from "./pull-options.ts";

test("loadOf() is gentle with the institute's service, and sends nothing ahead there", () => {
  expect(loadOf("live", {})).toEqual({ concurrency: 6, pipelining: 1 });
  expect(loadOf("mirror", {})).toEqual({ concurrency: undefined, pipelining: 2 });
  expect(loadOf("live", { concurrency: 9, pipelining: 3 })).toEqual({ concurrency: 9, pipelining: 3 });
});
