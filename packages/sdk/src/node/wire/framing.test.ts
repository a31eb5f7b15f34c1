import { expect, test } from "vitest";
import { type Framing, framingOf } from "./framing.ts";
import { parseHead } from "./head.ts";

function frame(status: number | string, ...fields: readonly string[]): Framing {
  const line = typeof status === "string" ? status : `HTTP/1.1 ${status} X`;
  return framingOf(parseHead([line, ...fields].join("\r\n")));
}

const CHUNKED = { body: "chunked", sizeBytes: undefined };
const CLOSE = { body: "close", sizeBytes: undefined, isKept: false };

test.each([
  [frame(200, "content-length: 12"), { body: "length", sizeBytes: 12, isKept: true }],
  [frame(200, "content-length: 0"), { body: "length", sizeBytes: 0, isKept: true }],
  [frame(200, "content-length: 5", "content-length: 5"), { body: "length", sizeBytes: 5, isKept: true }],
  [frame(200, "content-length: 5, 5"), { body: "length", sizeBytes: 5, isKept: true }],
  [frame(200, "content-length: 12", "connection: foo, Close"), { body: "length", sizeBytes: 12, isKept: false }],
  [frame(204, "content-length: 12"), { body: "length", sizeBytes: 0, isKept: true }],
  [frame(304, "content-length: 12"), { body: "length", sizeBytes: 0, isKept: true }],
  [frame(200, "transfer-encoding: Chunked"), { ...CHUNKED, isKept: true }],
  [frame(200, "transfer-encoding: chunked", "content-length: 12"), { ...CHUNKED, isKept: false }],
  [frame(200, "transfer-encoding: chunked", "content-length: x"), { ...CHUNKED, isKept: false }],
  [frame(200), CLOSE],
  [frame(200, "connection: keep-alive"), CLOSE],
  [frame("HTTP/1.0 200 OK", "content-length: 1"), { body: "length", sizeBytes: 1, isKept: false }],
  [
    frame("HTTP/1.0 200 OK", "content-length: 1", "connection: Keep-Alive"),
    { body: "length", sizeBytes: 1, isKept: true },
  ],
])("framingOf() says where the body ends, case %#", (framing, expected) => {
  expect(framing).toEqual(expected);
});

test.each(["", "-1", "+1", "1.5", "0x10", "1 2", "9007199254740993", "99999999999999999999", "5, 6", "5,", ", 5"])(
  "framingOf() refuses the length %j",
  (length) => {
    expect(() => frame(200, `content-length: ${length}`)).toThrow(/^the (length of the body|body has several lengths)/);
  },
);

test("framingOf() refuses lengths that contradict each other", () => {
  expect(() => frame(200, "content-length: 5", "content-length: 6")).toThrow('the body has several lengths ("5, 6")');
});

test.each(["gzip", "gzip, chunked", "chunked, chunked", "identity", "xchunked", ""])(
  "framingOf() refuses the transfer coding %j",
  (coding) => {
    expect(() => frame(200, `transfer-encoding: ${coding}`)).toThrow("which was not asked for");
  },
);

test("framingOf() refuses chunks of HTTP/1.0", () => {
  expect(() => frame("HTTP/1.0 200 OK", "transfer-encoding: chunked")).toThrow("which was not asked for");
});
