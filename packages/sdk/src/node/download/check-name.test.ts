import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../../tests/support/property.ts";
import { checkItem, kindOfName } from "./check-item.ts";
import { foldName, nameFault } from "./check-name.ts";
import { partPaths } from "./part-paths.ts";

test.each([
  "a",
  "a/b/c.jpg",
  "…/ä ö.txt",
  " a",
  ".hidden",
  "a..b",
  "console.txt",
  "con-1",
  "n".repeat(255),
  "sub/manifest.ndjson",
])("nameFault() takes %j", (name) => {
  expect(nameFault(name)).toBeUndefined();
});

test.each([
  ["", "empty"],
  ["/a", "below the directory"],
  ["a/", "is empty"],
  ["a//b", "is empty"],
  ["..", "leads elsewhere"],
  ["a/../b", "leads elsewhere"],
  ["./a", "leads elsewhere"],
  ["a\nb", "control character"],
  ["a\u0000", "control character"],
  ["a\ud800", "half of a character"],
  ["c:/a", '":"'],
  ["a\\b", '"\\"'],
  ["a*", '"*"'],
  ["a?", '"?"'],
  ['a"b', "quotation mark"],
  ["<a", '"<"'],
  ["a>", '">"'],
  ["a|b", '"|"'],
  ["a.", "dot or a blank"],
  ["a /b", "dot or a blank"],
  ["CON", "device"],
  ["x/nul.txt", "device"],
  ["COM1.log", "device"],
  ["lpt³", "device"],
  ["manifest.ndjson", "journal"],
  ["Manifest.NDJSON", "journal"],
  [".brainatlas-x.part", "working files"],
  ["a/.BrainAtlas-1", "working files"],
  ["ü".repeat(128), "256 bytes"],
])("nameFault() refuses %j", (name, words) => {
  expect(nameFault(name)).toContain(words);
});

test("nameFault() lets no name out of the directory", () => {
  const name = fc
    .array(fc.constantFrom("..", ".", "/", "\\", "a", ":", "~", "%2e"), { maxLength: 8 })
    .map((all) => all.join(""));
  checkProperty(
    fc.property(
      name,
      (text) => nameFault(text) !== undefined || partPaths("/folder/x", text).target.startsWith("/folder/x/"),
    ),
  );
});

test("foldName() makes one of what some systems do not tell apart", () => {
  expect(foldName("E\u0301.JPG")).toBe(foldName("\u00e9.jpg"));
  expect(foldName("a")).not.toBe(foldName("b"));
});

test("kindOfName() goes by the ending", () => {
  const kinds = ["a.JPG", "a.jpeg", "a.svg", "a.zip", "a.nrrd", "a.json", "a.xml", "a.csv", "a.txt", "jpg", "a.jpg/b"];
  expect(kinds.map(kindOfName)).toEqual([
    "jpeg",
    "jpeg",
    "svg",
    "zip",
    "nrrd",
    "json",
    "xml",
    "csv",
    "any",
    "any",
    "any",
  ]);
  expect(kindOfName("a.constructor")).toBe("any");
});

test("checkItem() completes an item", () => {
  const item = { url: "https://api.brain-map.org/a?b#c", name: "A.jpg", sha256: "AB".repeat(32) };
  expect(checkItem(item)).toEqual({
    item,
    url: item.url,
    origin: "https://api.brain-map.org",
    name: "A.jpg",
    folded: "a.jpg",
    kind: "jpeg",
    sizeBytes: undefined,
    sha256: "ab".repeat(32),
    maxBytes: Number.POSITIVE_INFINITY,
  });
});

test("checkItem() keeps passwords out of the journal", () => {
  expect(() => checkItem({ url: "https://me:secret@host/a", name: "a" })).toThrow("it holds a password");
});
