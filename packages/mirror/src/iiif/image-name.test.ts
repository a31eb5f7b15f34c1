import { expect, test } from "vitest";
import { parseImageName } from "./image-name.ts";

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
