import { chooseMediaType } from "../iiif/media-type.ts";
import { answerConditions, etagOf } from "./conditional.ts";
import { REASON_HEADER, SOURCE_HEADER } from "./refuse.ts";

/** What a document is given as. */
export interface DocumentOptions {
  /** URI of its context. */
  readonly context: string;
  /** Where the client takes JSON-LD and plain JSON alike. */
  readonly usual: "linked" | "plain";
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Answers with a JSON-LD document. It is to be asked for anew each time, which its tag makes cheap: a store may come to hold more. */
export function answerDocument(request: Request, document: object, options: DocumentOptions): Response {
  const text = JSON.stringify(document);
  const type = chooseMediaType(request.headers.get("accept"), options.context, options.usual);
  const etag = etagOf(type, text);
  const headers = {
    "content-type": type,
    "cache-control": "no-cache",
    vary: "Accept, Accept-Encoding",
    etag,
    [SOURCE_HEADER]: "computed",
    ...options.headers,
  };
  const decided = answerConditions(request, { etag, lastModified: undefined }, headers);
  return decided ?? new Response(request.method === "HEAD" ? null : text, { headers });
}

/** A refusal in plain words, as IIIF recommends (Image API 3.0 §7.3). */
export function refuseInWords(status: number, message: string, isNotMirrored = false): Response {
  return new Response(`${message}\n`, {
    status,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "x-content-type-options": "nosniff",
      [SOURCE_HEADER]: "refused",
      ...(isNotMirrored && { [REASON_HEADER]: "not-mirrored" }),
    },
  });
}

/** The parts of a path from one on, as they came; a slash at its end counts for nothing. */
export function partsOf({ pathname }: URL, from: number): string[] {
  return pathname
    .replace(/(?<=.)\/$/, "")
    .split("/")
    .slice(from);
}

/** Decodes one part of a path; `undefined` for what is no UTF-8, percent-encoded. */
export function decodePart(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
