import { expect, test } from "vitest";
import { parseImageName, printImageName } from "./image-name.ts";

test.each([
  ["100883869", { kind: "record", id: 100883869, picture: "plain" }],
  ["7:annotation", { kind: "record", id: 7, picture: "annotation" }],
  ["7:annotation:181276165", { kind: "record", id: 7, picture: "annotation", atlas: 181276165 }],
  ["7:expression", { kind: "record", id: 7, picture: "expression" }],
  ["7:projection", { kind: "record", id: 7, picture: "projection" }],
  ["/external/a/b.aff", { kind: "file", path: "/external/a/b.aff" }],
  ["test-card", { kind: "file", path: "/external/sample/test_card.aff" }],
])("parseImageName(%j)", (text, name) => {
  expect(parseImageName(text)).toEqual(name);
});

test.each([
  ["0100883869", "100883869"],
  ["7:annotation", "7:annotation"],
  ["007:annotation:01", "7:annotation:1"],
  ["7:projection", "7:projection"],
  ["/external/a b/ü.aff", "%2Fexternal%2Fa%20b%2F%C3%BC.aff"],
  ["test-card", "test-card"],
  ["/external/sample/test_card.aff", "test-card"],
])("printImageName() of %j is %j, which is read as the same", (text, printed) => {
  const name = parseImageName(text);
  expect(name && printImageName(name)).toBe(printed);
  expect(parseImageName(decodeURIComponent(printed))).toEqual(name);
});

test.each([
  "",
  "0",
  "-1",
  "7:",
  "7:expression:1",
  "7:annotation:",
  "7:annotation:x",
  "7:tumor",
  " 7",
  "7 ",
  "1e3",
  "abc",
  "1234567890123456",
  `/${"a".repeat(1000)}`,
])("parseImageName(%j) is none", (text) => {
  expect(parseImageName(text)).toBeUndefined();
});
