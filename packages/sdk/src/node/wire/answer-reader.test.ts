import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../../tests/support/property.ts";
import { AnswerReader } from "./answer-reader.ts";

interface Outcome {
  readonly status: number;
  readonly text: string;
  readonly isComplete: boolean;
  readonly used: number;
}

/** Reads an answer that comes in the pieces given. */
function readPieces(pieces: readonly string[], isEnded = false, maxHeadBytes = 65_536): Outcome {
  let text = "";
  let status = 0;
  let used = 0;
  const reader = new AnswerReader(
    {
      onHead(head) {
        status = head.status;
        return undefined;
      },
      onBody(bytes) {
        text += Buffer.from(bytes).toString("latin1");
        return undefined;
      },
      onEnd: () => undefined,
    },
    maxHeadBytes,
  );
  for (const piece of pieces) used += reader.read(Buffer.from(piece, "latin1"), 0);
  if (isEnded) {
    reader.finish();
    reader.read(new Uint8Array(0), 0);
  }
  return { status, text, isComplete: reader.isComplete, used };
}

const CHUNKS = "5;a=b;c\r\nhello\r\n00b \t;x\r\n, wor\nld\r\n\r\r\n1\r\n!\r\n0;last\r\nx-sum: 1\r\ny: 2\r\n\r\n";

const ANSWERS: readonly (readonly [name: string, answer: string, status: number, body: string, isEnded: boolean])[] = [
  ["a length", "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello", 200, "hello", false],
  ["a length of 0", "HTTP/1.1 404 X\r\ncontent-length: 0\r\n\r\n", 404, "", false],
  ["no body", "HTTP/1.1 304 Not Modified\r\ncontent-length: 5\r\n\r\n", 304, "", false],
  ["chunks", `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${CHUNKS}`, 200, "hello, wor\nld\r\n\r!", false],
  ["no chunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n", 200, "", false],
  ["the end of the connection", "HTTP/1.0 200 OK\r\n\r\nhello", 200, "hello", true],
  ["nothing at the end", "HTTP/1.0 200 OK\r\n\r\n", 200, "", true],
  [
    "interim answers",
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 X\r\nlink: a\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n!",
    200,
    "!",
    false,
  ],
];

test.each(ANSWERS)("AnswerReader reads %s, cut anywhere", (_name, answer, status, text, isEnded) => {
  const whole = { status, text, isComplete: true, used: answer.length };
  expect(readPieces([answer], isEnded)).toEqual(whole);
  expect(readPieces([...answer], isEnded)).toEqual(whole);
  for (let at = 1; at < answer.length; at += 1) {
    expect(readPieces([answer.slice(0, at), answer.slice(at)], isEnded)).toEqual(whole);
  }
});

test.each(ANSWERS.filter(([, , , , isEnded]) => !isEnded))(
  "AnswerReader leaves what follows %s alone, and misses nothing of it",
  (_name, answer, status, text) => {
    expect(readPieces([`${answer}HTTP/1.1 500`])).toEqual({ status, text, isComplete: true, used: answer.length });
    for (let at = 0; at < answer.length; at += 1) {
      expect(readPieces([answer.slice(0, at)]).isComplete).toBe(false);
      expect(() => readPieces([answer.slice(0, at)], true)).toThrow(
        /^the (connection was broken off|body ended after)/,
      );
    }
  },
);

test("AnswerReader reads chunked bodies however they are chunked and cut", () => {
  const body = fc.array(fc.string({ unit: fc.constantFrom("a", "\r", "\n", "0", "\xff"), minLength: 1 }));
  checkProperty(
    fc.property(body, fc.infiniteStream(fc.integer({ min: 1, max: 9 })), (chunks, lengths) => {
      const framed = chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join("");
      const answer = `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${framed}0\r\n\r\n`;
      const pieces: string[] = [];
      for (let at = 0; at < answer.length; ) {
        const length = lengths.next().value ?? 1;
        pieces.push(answer.slice(at, at + length));
        at += length;
      }
      expect(readPieces(pieces)).toMatchObject({ text: chunks.join(""), isComplete: true, used: answer.length });
    }),
  );
});

test.each([
  ["x\r\n"],
  ["\r\n"],
  ["-1\r\n"],
  ["+1\r\na\r\n"],
  ["0x1\r\na\r\n"],
  [" 1\r\na\r\n"],
  ["1 \r\na\r\n"],
  ["1\na\n"],
  ["1\r\nab\r\n"],
  ["1\r\na\n"],
  ["1\r\na0\r\n\r\n"],
  ["1;\0\r\na\r\n"],
  ["fffffffffffffff\r\n"],
  ["0\r\nno field\r\n\r\n"],
  ["0\r\n folded: x\r\n\r\n"],
  [`1;${"x".repeat(5000)}\r\n`],
  [`1;${"x".repeat(3000)}\r\na\r\n`.repeat(30)],
  [`0\r\n${"a: b\r\n".repeat(201)}\r\n`],
  [`0\r\n${`a: ${"b".repeat(1000)}\r\n`.repeat(70)}\r\n`],
  [`0\r\n${"a".repeat(70_000)}`],
])("AnswerReader refuses the chunks %j", (chunks) => {
  const answer = `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${chunks}`;
  expect(() => readPieces([answer])).toThrow(/chunk|trailer|header field/);
});

test("AnswerReader takes a head of just the length allowed, and waits for no longer one", () => {
  const head = "HTTP/1.1 204 No Content";
  expect(readPieces([`${head}\r\n\r\n`], false, head.length)).toMatchObject({ status: 204, isComplete: true });
  expect(readPieces([...`${head}\r\n\r\n`], false, head.length)).toMatchObject({ status: 204, isComplete: true });
  for (const answer of [`${head}\r\n\r\n`, `${head}!!!!`]) {
    expect(() => readPieces([answer], false, head.length - 1)).toThrow("longer than 22 bytes");
    expect(() => readPieces([...answer], false, head.length - 1)).toThrow("longer than 22 bytes");
  }
});

test.each(["SSH-2.0-x", "x", "HTTP/2.0 200 OK", "\r\nHTTP/1.1 200 OK"])(
  "AnswerReader does not wait for the end of what begins with %j",
  (answer) => {
    expect(() => readPieces([answer])).toThrow("the answer is no HTTP/1 (it begins with");
    expect(() => readPieces([...answer])).toThrow("the answer is no HTTP/1 (it begins with");
  },
);

test("AnswerReader bears some interim answers, and no change of protocol", () => {
  const interim = "HTTP/1.1 102 Processing\r\n\r\n";
  expect(readPieces([interim.repeat(20)]).status).toBe(0);
  expect(() => readPieces([interim.repeat(21)])).toThrow("more than 20 interim answers came");
  expect(() => readPieces(["HTTP/1.1 101 X\r\nupgrade: y\r\n\r\n"])).toThrow("changes to another protocol");
});

test("AnswerReader stops where a step has to be waited for, and goes on from there", () => {
  const seen: string[] = [];
  const step = (name: string) => (): Promise<void> => {
    seen.push(name);
    return Promise.resolve();
  };
  const reader = new AnswerReader({ onHead: step("head"), onBody: step("body"), onEnd: step("end") }, 1000);
  const bytes = Buffer.from("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n2\r\nbc\r\n0\r\n\r\n");
  let at = 0;
  for (let round = 0; round < 10 && !reader.isComplete; round += 1) {
    at = reader.read(bytes, at);
    expect(reader.wait).toBeInstanceOf(Promise);
    expect(seen).toHaveLength(round + 1);
  }
  expect(seen).toEqual(["head", "body", "body", "end"]);
  expect(at).toBe(bytes.length);
});
