import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import { Pool } from "undici";

/** A request to a server under load. */
export interface LoadRequest {
  readonly method?: string;
  /** Path and query. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What came back. */
export interface LoadAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** As it was before it was compressed on the way. */
  readonly body: Uint8Array;
}

/** How a server is loaded. */
export interface LoadOptions {
  readonly atOnce: number;
  /** After this time an answer counts as one that never comes. */
  readonly timeoutMs: number;
  /** Is told each answer, in the order in which they come; what it throws ends the run. */
  readonly onAnswer: (request: LoadRequest, answer: LoadAnswer, done: number) => void | Promise<void>;
}

/** Sends requests over connections that are kept, so many at once, until all are answered. */
export async function sendAll(
  origin: string,
  requests: readonly LoadRequest[],
  { atOnce, timeoutMs, onAnswer }: LoadOptions,
): Promise<void> {
  const pool = new Pool(origin, {
    connections: atOnce,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: { timeout: timeoutMs },
  });
  let [next, done] = [0, 0];
  async function work(): Promise<void> {
    for (let request = requests[next]; request !== undefined; request = requests[next]) {
      next += 1;
      const answer = await ask(pool, request);
      done += 1;
      await onAnswer(request, answer, done);
    }
  }
  try {
    await Promise.all(Array.from({ length: atOnce }, work));
  } finally {
    await pool.destroy();
  }
}

async function ask(pool: Pool, { method = "GET", target, headers = {} }: LoadRequest): Promise<LoadAnswer> {
  try {
    const answer = await pool.request({ method: method as "GET", path: target, headers }); // Any word is sent.
    const body = new Uint8Array(await answer.body.arrayBuffer());
    const encoding = answer.headers["content-encoding"];
    return { status: answer.statusCode, headers: answer.headers, body: decompress(body, encoding) };
  } catch (cause) {
    throw new Error(`No answer to ${method} ${target.slice(0, 300)} ${JSON.stringify(headers)}: ${cause}`, { cause });
  }
}

function decompress(body: Uint8Array, encoding: string | string[] | undefined): Uint8Array {
  // An answer to HEAD, or one that says nothing, has none.
  if (body.length === 0) return body;
  if (encoding === "gzip") return gunzipSync(body);
  if (encoding === "br") return brotliDecompressSync(body);
  return encoding === "deflate" ? inflateSync(body) : body;
}

/** Watches a number that wavers, such as the memory of a process, over a run. */
export function createTrace(read: () => number | undefined, count: number) {
  const samples: { done: number; value: number }[] = [];
  return {
    /** @param done Requests that are answered. */
    look(done: number): void {
      const value = done % Math.max(1, Math.floor(count / 2000)) === 0 ? read() : undefined;
      if (value !== undefined) samples.push({ done, value });
    },
    /** The middle value between two parts of the run, each 0 to 1; `undefined` where nothing could be read. */
    middle(from: number, to: number): number | undefined {
      const values = samples.filter(({ done }) => done >= from * count && done <= to * count).map(({ value }) => value);
      return values.sort((a, b) => a - b)[values.length >> 1];
    },
  };
}
