import { askedRange } from "./byte-range.ts";
import type { KnownValidators } from "./conditional.ts";
import { refuse } from "./refuse.ts";

/** A body whose length is known. */
export interface RangedBody {
  /** What it is, for the words of a refusal. */
  readonly what: string;
  readonly sizeBytes: number;
  /** Its bytes from `start` to before `end`. */
  part(start: number, end: number): Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** Answers with the whole of a body, or with the part that a range asks for; to `HEAD` with the headers of that. */
export function answerRanged(
  request: Request,
  { what, sizeBytes, part }: RangedBody,
  validators: KnownValidators,
  headers: Readonly<Record<string, string>>,
): Response {
  const range = askedRange(request, sizeBytes, validators);
  if (range === "unsatisfiable") {
    return refuse(416, `Cannot give that range: the ${what} has ${sizeBytes} bytes`, {
      "content-range": `bytes */${sizeBytes}`,
    });
  }
  const { start, end } = range ?? { start: 0, end: sizeBytes };
  const body = request.method === "HEAD" ? null : part(start, end);
  return new Response(body, {
    status: range === undefined ? 200 : 206,
    headers: {
      ...headers,
      "accept-ranges": "bytes",
      "content-length": String(end - start),
      ...(range === undefined ? {} : { "content-range": `bytes ${start}-${end - 1}/${sizeBytes}` }),
    },
  });
}
