import type { DownloadedFile } from "@brainatlas/sdk/node";
import { expect, test } from "vitest";
import type { PullItem } from "./pull-item.ts";
import { refusalsOf } from "./refusals.ts";

const part = (name: string): DownloadedFile<PullItem> =>
  ({ item: { name, url: `http://x/${name}` }, path: `/s/pulls/1/${name}`, attempts: 1 }) as DownloadedFile<PullItem>; // What is not read is left out.
const parts = [part("0.jpg"), part("1.jpg")];
const reasons = (error: unknown): string[] => refusalsOf(parts, error).map(({ reason }) => reason);

test("refusalsOf() names the part at fault, and has the others fail for it", () => {
  expect(reasons(new Error('Cannot import "/s/pulls/1/1.jpg": it is no whole picture; fetch it again'))).toEqual([
    'Cannot import "0.jpg" from http://x/0.jpg: its picture is not put without "1.jpg"',
    'Cannot import "1.jpg" from http://x/1.jpg: it is no whole picture; fetch it again',
  ]);
});

test("refusalsOf() says of all what is wrong with their picture", () => {
  expect(reasons(new Error("what is held has 16 bits"))).toEqual(
    ["0.jpg", "1.jpg"].map((name) => `Cannot import "${name}" from http://x/${name}: what is held has 16 bits`),
  );
});
