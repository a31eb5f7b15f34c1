import type { Fault } from "./chaos-faults.ts";
import { type ChaosFile, createRandom, pick, type Random } from "./chaos-files.ts";
import type { ChaosAsk, ChaosReply } from "./chaos-http.ts";

/** What an answer is made from. */
export interface ReplyFacts {
  readonly seed: number;
  readonly file: ChaosFile;
  /** Of the file, at present. */
  readonly version: number;
  readonly bytes: Uint8Array;
  readonly ask: ChaosAsk;
  /** Requests for the file before this one. */
  readonly nth: number;
  readonly origin: string;
}

const HTML = Buffer.from(
  `<!DOCTYPE html>\n<html><head><title>Error</title></head><body>${"<p>Sorry</p>".repeat(40)}</body></html>\n`,
);
const FAILURE = Buffer.from(
  JSON.stringify({ success: false, id: 0, start_row: 0, num_rows: 0, msg: "Something broke" }),
);
const EMPTY = new Uint8Array();
/** Content changes once in so many seconds, as its date says. */
const AGE_S = 86_400;
const FIRST_DATE = Date.UTC(2011, 0, 1);
const DELAY_MS = 15;
const CHAIN = 4;

/** How an answer is sent when this happens to it. */
export function makeReply(facts: ReplyFacts, fault: Fault | undefined): ChaosReply {
  const random = createRandom(facts.seed, facts.file.index, 4, facts.nth);
  const right = makeRight(facts, random);
  return fault === undefined ? right : MAKERS[fault](right, facts, random);
}

type Maker = (right: ChaosReply, facts: ReplyFacts, random: Random) => ChaosReply;

const cut =
  (of: "head" | "body", how: "reset" | "end" | "stall", framing?: ChaosReply["framing"]): Maker =>
  (right, _, random) => ({
    ...right,
    // A body that ends with the connection is whole to who gets all of it: it cannot be stalled or reset unnoticed.
    framing: framing ?? (right.framing === "close" ? "length" : right.framing),
    cut: { of, how, at: of === "head" ? random() : 0.3 + 0.65 * random() },
  });
const refuse =
  (status: number, headers: () => Record<string, string | number> = () => ({})): Maker =>
  (_right, _facts, random) =>
    plain(status, { "content-type": "text/html", ...headers() }, random() < 0.5 ? HTML : EMPTY);
const redirect =
  (to: (facts: ReplyFacts) => string | undefined): Maker =>
  (_, facts, random) => {
    const location = to(facts);
    const headers = location === undefined ? {} : { location };
    return plain(pick(random, [301, 302, 303, 307, 308]), headers, random() < 0.5 ? HTML : EMPTY);
  };
const range =
  (
    from: (start: number, total: number) => { start: number; end?: number; total?: number; bytes?: Uint8Array },
  ): Maker =>
  (right, { bytes, ask }) => {
    const asked = startOf(ask) ?? 0;
    const { start, end = bytes.length, total = bytes.length, bytes: body } = from(asked, bytes.length);
    const headers = { ...right.headers, "content-range": `bytes ${start}-${end - 1}/${total}` };
    return { ...right, status: 206, framing: "length", headers, body: body ?? bytes.subarray(start, end) };
  };

const MAKERS: Readonly<Record<Fault, Maker>> = {
  delay: (right) => ({ ...right, delayMs: DELAY_MS }),
  "stalled head": cut("head", "stall"),
  "stalled body": cut("body", "stall"),
  "reset head": cut("head", "reset"),
  "reset body": cut("body", "reset"),
  "short length": cut("body", "end", "length"),
  "short chunks": cut("body", "end", "chunks"),
  "short to the end": cut("body", "end", "close"),
  "429": refuse(429),
  "429 at once": refuse(429, () => ({ "retry-after": 0 })),
  "503": refuse(503),
  "503 later": refuse(503, () => ({ "Retry-After": 1 })),
  "503 by date": refuse(503, () => ({ "Retry-After": new Date(Date.now() + 1000).toUTCString() })),
  "500": refuse(500),
  "other type": (right, _, random) => withType(right, pick(random, ["text/plain", "text/html", "x"])),
  HTML: () => plain(200, { "content-type": "text/html; charset=utf-8" }, HTML),
  "HTML under its type": (_, { file }) => plain(200, { "content-type": file.mediaType }, HTML),
  "failure as JSON": (_, { file }) => plain(200, { "content-type": file.mediaType }, FAILURE),
  drip: (right) => ({ ...right, drip: { pieces: 10, pauseMs: 3 } }),
  "relative redirect": redirect(({ file }) => `../whole/${file.index}`),
  "absolute redirect": redirect(({ file, origin }) => `${origin}/whole/${file.index}`),
  "chain of redirects": redirect(({ file }) => `/hop/${file.index}/${CHAIN}`),
  "early hints": (right) => ({
    ...right,
    before: "HTTP/1.1 103 Early Hints\r\nlink: </style.css>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n",
  }),
  "closed after": (right) => ({ ...right, isLast: true }),
  "closed unread": (right) => ({ ...right, framing: "close", isUnread: true }),
  "range refused": (right, { bytes }) => ({ ...right, status: 200, body: bytes, headers: withoutRange(right) }),
  "range from elsewhere": range((start) => ({ start: Math.max(0, start - 1000) })),
  "range of another total": range((start, total) => ({ start, end: total - 10, total: total - 10 })),
  // What it says fits, but for the tag.
  "range of another version": (right, facts, random) => {
    const other = range((start, total) => ({ start, bytes: Buffer.alloc(total - start, 7) }))(right, facts, random);
    return { ...other, headers: { ...other.headers, etag: '"another"' } };
  },
  "range too long": range((start, total) => ({ start, bytes: Buffer.alloc(total - start + 500, 7) })),
  "range in part": range((start, total) => ({ start, end: Math.max(start + 1, Math.floor((start + total) / 2)) })),
  "416": (_, { bytes }) => plain(416, { "content-range": `bytes */${bytes.length}` }, EMPTY),
  "404": refuse(404),
  "403": refuse(403),
  "always 500": refuse(500),
  "always HTML": () => plain(200, { "content-type": "text/html" }, HTML),
  "always short": (right) => ({ ...right, framing: "close", cut: { of: "body", at: 0.5, how: "end" } }),
  "always reset": cut("head", "reset"),
  "loop of redirects": redirect(({ file, ask }) => (ask.path.endsWith("?b") ? `/file/${file.index}?a` : "?b")),
  "redirect to nowhere": redirect(({ file }) => (file.index % 2 === 0 ? undefined : "ftp://127.0.0.1/plate.jpg")),
};

/** The right answer: all of the file, or what is left of it. */
function makeRight({ seed, file, version, bytes, ask }: ReplyFacts, random: Random): ChaosReply {
  const start = startOf(ask);
  const validators = validatorsOf(seed, file, version);
  const headers = { "content-type": file.mediaType, "Accept-Ranges": "bytes", ...validators };
  const framing = pick(random, ["length", "length", "length", "chunks", "close"] as const);
  if (start === undefined || !isAsStated(ask, validators)) return { status: 200, headers, body: bytes, framing };
  if (start >= bytes.length) return plain(416, { "content-range": `bytes */${bytes.length}` }, EMPTY);
  const about = { "content-range": `bytes ${start}-${bytes.length - 1}/${bytes.length}` };
  return { status: 206, headers: { ...headers, ...about }, body: bytes.subarray(start), framing: "length" };
}

/** Where a range begins that goes to the end; `undefined` without one. */
export function startOf(ask: ChaosAsk): number | undefined {
  const [, start] = /^bytes=(\d+)-$/.exec(ask.headers.get("range") ?? "") ?? [];
  return start === undefined ? undefined : Number(start);
}

/** RFC 9110, 13.1.5: a weak tag never matches. */
function isAsStated(ask: ChaosAsk, validators: Readonly<Record<string, string>>): boolean {
  const stated = ask.headers.get("if-range");
  if (stated === undefined) return true;
  return !stated.startsWith("W/") && Object.values(validators).includes(stated);
}

function validatorsOf(seed: number, { index, validator }: ChaosFile, version: number): Record<string, string> {
  const tag = `"${seed}-${index}-${version}"`;
  const date = new Date(FIRST_DATE + 1000 * AGE_S * (index + version)).toUTCString();
  return {
    ...(validator === "etag" || validator === "both" ? { etag: tag } : {}),
    ...(validator === "weak etag" ? { etag: `W/${tag}` } : {}),
    ...(validator === "last-modified" || validator === "both" ? { "last-modified": date } : {}),
  };
}

function plain(status: number, headers: ChaosReply["headers"], body: Uint8Array): ChaosReply {
  return { status, headers, body, framing: "length" };
}

function withType(reply: ChaosReply, type: string): ChaosReply {
  return { ...reply, headers: { ...reply.headers, "content-type": type } };
}

function withoutRange({ headers }: ChaosReply): ChaosReply["headers"] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== "content-range"));
}
