import { jpegFault } from "@brainatlas/sdk/image";
import type { ExpectedForm } from "./target.ts";

/** Bytes of an answer's end that tell whether it is whole: the directory of a zip ends at most so far from the end. */
export const TAIL_BYTES: number = 65_557;

/** First bytes of pictures, by which they are known: what a header says is no proof. */
const PICTURES: Readonly<Record<"jpeg" | "png" | "tiff", readonly string[]>> = {
  jpeg: ["\u00ff\u00d8"],
  png: ["\u0089PNG\r\n\u001a\n"],
  tiff: ["II*\0", "MM\0*", "II+\0", "MM\0+"],
};

/** Which kind of picture bytes begin; `undefined` if none. */
export function pictureKind(start: Uint8Array): keyof typeof PICTURES | undefined {
  const text = Buffer.from(start.subarray(0, 8)).toString("latin1");
  const kinds = Object.keys(PICTURES) as (keyof typeof PICTURES)[]; // The table's keys, by its type.
  return kinds.find((kind) => PICTURES[kind].some((mark) => text.startsWith(mark)));
}

/**
 * Whether the last bytes of an answer end what it has to be.
 *
 * @param end As many as `TAIL_BYTES`, or all.
 */
export function endsWhole(form: ExpectedForm, start: Uint8Array, end: Uint8Array): boolean {
  switch (form) {
    case "jpeg":
      return pictureEnds(start, end);
    case "json":
      return /[}\]]$/.test(lastText(end));
    case "xml":
    case "svg":
      return closesRoot(start, end);
    case "zip":
      return Buffer.from(end).includes("PK\u0005\u0006", 0, "latin1");
    default:
      return true;
  }
}

/**
 * Whether the end of such a body can be told from a body that was cut off.
 *
 * @param isHeld Whether all of it was looked at: of JSON a bracket may be the last byte by chance.
 */
export function hasEndMark(form: ExpectedForm, start: Uint8Array, isHeld: boolean): boolean {
  if (form === "json") return isHeld;
  if (form === "jpeg") return pictureKind(start) !== "tiff";
  return form === "xml" || form === "svg" || form === "zip";
}

function pictureEnds(start: Uint8Array, end: Uint8Array): boolean {
  const kind = pictureKind(start);
  if (kind === "png") return Buffer.from(end.subarray(-12)).includes("IEND", 0, "latin1");
  // The marks of both ends, as the reader of a whole picture looks at them.
  return kind !== "jpeg" || jpegFault(Buffer.concat([start.subarray(0, 2), end.subarray(-256)])) === undefined;
}

/** Whether the element that begins a document is closed at its end; comments may follow. */
function closesRoot(start: Uint8Array, end: Uint8Array): boolean {
  const root = /^<([^\s<>/!?]+)/.exec(withoutProlog(latin1(start.subarray(0, TAIL_BYTES))))?.[1];
  const last = withoutComments(lastText(end));
  const tag = last.slice(last.lastIndexOf("<"));
  if (tag.startsWith("</")) return root !== undefined && tag.endsWith(">") && tag.slice(2, -1).trimEnd() === root;
  // An element without content is all that there is.
  return tag.endsWith("/>") && withoutProlog(last) === tag;
}

/** A document from its first element on: without the declarations and comments before it. */
function withoutProlog(text: string): string {
  let rest = text.replace(/^\u00ef\u00bb\u00bf/, "").trimStart();
  for (let mark = prologEnd(rest); mark !== undefined; mark = prologEnd(rest)) {
    const at = rest.indexOf(mark);
    if (at < 0) return "";
    rest = rest.slice(at + mark.length).trimStart();
  }
  return rest;
}

/** By what the declaration or the comment ends that a text begins with. */
function prologEnd(text: string): string | undefined {
  if (text.startsWith("<!--")) return "-->";
  if (text.startsWith("<?")) return "?>";
  if (!text.startsWith("<!")) return undefined;
  return /^[^>[]*\[/.test(text) ? "]>" : ">";
}

/** A text without the comments at its end. */
function withoutComments(text: string): string {
  let rest = text;
  while (rest.endsWith("-->")) {
    const at = rest.lastIndexOf("<!--");
    if (at < 0) return rest;
    rest = rest.slice(0, at).trimEnd();
  }
  return rest;
}

function lastText(end: Uint8Array): string {
  return latin1(end.subarray(-TAIL_BYTES)).trimEnd();
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}
