import { expect, test } from "vitest";
import { thrownBy } from "../../../../../tests/support/fault-server.ts";
import { MAX_FIELDS, parseHead } from "./head.ts";
import { WireFault } from "./wire-fault.ts";

test("parseHead() reads version, status and fields", () => {
  const head = parseHead("HTTP/1.1 206 Partial Content\r\nContent-Length:  3 \r\nX-A: 1\r\nx-a:2\r\nEmpty:");
  expect(head).toMatchObject({ minorVersion: 1, status: 206 });
  expect([...head.headers]).toEqual([
    ["content-length", "3"],
    ["empty", ""],
    ["x-a", "1, 2"],
  ]);
});

test.each([
  ["HTTP/1.0 200", 0],
  ["HTTP/1.1 200 ", 1],
  ["HTTP/1.2 200 with \xe4 and \t", 1],
])("parseHead() reads the status line %j", (line, minorVersion) => {
  expect(parseHead(line)).toMatchObject({ minorVersion, status: 200 });
});

test.each([
  "",
  "HTTP/2 200 OK",
  "HTTP/1.1 20 OK",
  "HTTP/1.1 2000 OK",
  "HTTP/1.1 099 OK",
  "HTTP/1.1  200 OK",
  "HTTP/1.1 200OK",
  "http/1.1 200 OK",
  " HTTP/1.1 200 OK",
  "HTTP/1.1 200 O\rK",
  "HTTP/1.1 200 O\nK",
  "HTTP/1.1 200 O\0K",
])("parseHead() refuses the status line %j", (line) => {
  expect(thrownBy(() => parseHead(line))).toBeInstanceOf(WireFault);
});

test.each([
  "no colon",
  ": no name",
  "name : blank before the colon",
  " folded: line",
  "\tfolded",
  "",
  "a: b\nc: d",
  "a: b\rc",
  "a: b\0",
  "na me: x",
  "näme: x",
])("parseHead() refuses the field %j", (line) => {
  expect(thrownBy(() => parseHead(`HTTP/1.1 200 OK\r\na: 1\r\n${line}`))).toBeInstanceOf(WireFault);
});

test("parseHead() refuses a long hostile line at once", () => {
  for (const line of [
    `a:${" ".repeat(65_000)}\0`,
    `a:${"\t ".repeat(32_000)}\0`,
    "a".repeat(65_000),
    `${"a:".repeat(32_000)}\0`,
  ]) {
    expect(thrownBy(() => parseHead(`HTTP/1.1 200 OK\r\n${line}`))).toBeInstanceOf(WireFault);
    expect(thrownBy(() => parseHead(line))).toBeInstanceOf(WireFault);
  }
});

test("parseHead() takes 200 fields and no more", () => {
  const headOf = (count: number): string => `HTTP/1.1 200 OK${"\r\na: 1".repeat(count)}`;
  expect(parseHead(headOf(MAX_FIELDS)).status).toBe(200);
  expect(() => parseHead(headOf(MAX_FIELDS + 1))).toThrow("the answer has more than 200 header fields");
});
