import { show } from "../../check.ts";
import { type ContentFault, faultOf } from "./content-fault.ts";

/** Whether a document begins with an order mark of UTF-16. */
export function isWideText(head: Uint8Array): boolean {
  return (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
}

/**
 * The start or the end of a document as text: its marks are of the first 128 characters, in UTF-8 and UTF-16.
 *
 * @param isWide Whether it is UTF-16, as only its start says.
 */
export function textOf(bytes: Uint8Array, isWide: boolean = isWideText(bytes)): string {
  // Zeros between the letters are all that tells UTF-16 apart, as far as tags go.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString(isWide ? "latin1" : "utf8");
  return (isWide ? text.replace(/^(?:\xff\xfe|\xfe\xff)/, "").replaceAll("\0", "") : text).replace(/^\uFEFF/, "");
}

/** Declarations, comments and processing instructions before the first tag. */
const PROLOG = /^(?:\s+|<\?[^>]*\?>|<!--[\s\S]*?-->|<!doctype\s[^[>]*(?:\[[\s\S]*?\]\s*)?>)*/i;

/** Whether a text begins as an HTML page does. */
export function isHtml(head: string): boolean {
  if (/^\s*<!doctype\s+html/i.test(head.replace(/^(?:\s+|<\?[^>]*\?>|<!--[\s\S]*?-->)*/, ""))) return true;
  return /^<(html|head|body|title)[\s>]/i.test(head.replace(PROLOG, ""));
}

/**
 * Says why a document does not begin and end as XML does; `undefined` when it does.
 *
 * @param root Name that the root has to have; any, without one.
 */
export function xmlFault(
  head: string,
  tail: string,
  sizeBytes: number,
  root: string | undefined,
): ContentFault | undefined {
  const wanted = root === undefined ? "the start of an XML document" : `the start of an ${root} document`;
  const rest = head.replace(PROLOG, "");
  const name = /^<([\p{L}_][\p{L}\p{N}_.:-]*)/u.exec(rest)?.[1];
  const isRoot = root === undefined || name === root || name?.endsWith(`:${root}`) === true;
  // A prolog may be longer than what is looked at.
  const isLongProlog = name === undefined && /^<(\?|!--|!doctype)/i.test(rest) && sizeBytes > head.length;
  if (!isLongProlog && (name === undefined || !isRoot))
    return faultOf(0, wanted, rest === "" ? "nothing" : show(rest.slice(0, 16)));
  if (isFailure(rest)) return faultOf("the answer", "success", "the API's word that the query failed");
  // A longer one does not end within what was read of its start.
  const isOneTag = /^<[^<>]*\/>\s*$/.test(rest);
  return isOneTag || endsWith(tail, name)
    ? undefined
    : faultOf(sizeBytes, `the end of the document (</${name ?? root ?? "…"}>)`, "the end of the body");
}

/** Whether the last tag closes the root. */
function endsWith(tail: string, name: string | undefined): boolean {
  // One blank at a time: with several, a long row of them would be tried in all divisions.
  const end = tail.replace(/(?:\s|<!--[^<]*-->|<\?[^<]*\?>)*$/, "");
  const closing = /<\/([^<>\s]+)\s*>$/.exec(end)?.[1];
  return closing !== undefined && (name === undefined || closing === name);
}

/** The envelope of the API says so in its first tag (reference §3.6). */
function isFailure(rest: string): boolean {
  return /^<Response\s[^>]*success\s*=\s*['"]false['"]/i.test(rest);
}
