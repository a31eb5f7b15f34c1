import { expect, test } from "vitest";
import { readFileName } from "./file-name.ts";

test.each<[string | null, string | undefined]>([
  ['attachment; filename="../../etc/a b.swc"', "a b.swc"],
  ["attachment; filename=neuron.swc", "neuron.swc"],
  ["INLINE ;FILENAME = A.SWC ; size=3", "A.SWC"],
  ['attachment; filename="a;b.swc"', "a;b.swc"],
  ['attachment; filename="a\\"b.swc"', 'a"b.swc'],
  ['attachment; x="; filename=evil"; filename=good.swc', "good.swc"],
  ["attachment; filename=first.swc; filename=second.swc", "first.swc"],
  ["attachment; filename*=UTF-8''na%C3%AFve%2Fcell.swc", "cell.swc"],
  ["attachment; filename=plain.swc; filename*=utf-8'de'%e2%82%ac.swc", "€.swc"],
  ["attachment; filename=plain.swc; filename*=UTF-8''%E2%82", "plain.swc"],
  ["attachment; filename=plain.swc; filename*=KOI8-R''%C1", "plain.swc"],
  ["attachment; filename=..", undefined],
  ['attachment; filename="', undefined],
  ["filename=x.swc", undefined],
  ["inline", undefined],
  ["", undefined],
  [null, undefined],
])("readFileName() reads %j as %j", (header, name) => {
  expect(readFileName(header)).toBe(name);
});

test("readFileName() reads long nonsense in a moment", () => {
  const since = performance.now();
  for (const piece of ['"', "; a=", "\\", '; a="\\', "; ", " ="]) readFileName(`x; y="${piece.repeat(100_000)}`);
  expect(performance.now() - since).toBeLessThan(1000);
});
