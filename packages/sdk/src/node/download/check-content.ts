import { DecodeError } from "../../errors.ts";
import { jpegFault } from "../../image/media.ts";
import type { CheckedItem } from "./check-item.ts";
import type { Content } from "./content.ts";
import { type ContentFault, faultOf } from "./content-fault.ts";
import { checkJson } from "./json-content.ts";
import { isHtml, isWideText, textOf, xmlFault } from "./markup.ts";
import { checkNrrd } from "./nrrd-content.ts";
import type { FileKind } from "./types.ts";
import { checkZip } from "./zip-content.ts";

/** Bytes at the start that tell what a text is. */
const HEAD_BYTES = 4096;
/** Bytes at the end that the last tag of a document lies in. */
const TAIL_BYTES = 4096;
/** Bytes that the end marker of a JPEG lies in. */
const JPEG_TAIL_BYTES = 64;

/** Says what is wrong with the bytes of a file; `undefined` when nothing is. */
type Check = (content: Content, head: Uint8Array) => Promise<ContentFault | undefined>;

const CHECKS: Readonly<Record<FileKind, Check>> = {
  jpeg: checkJpeg,
  svg: (content, head) => checkMarkup(content, head, "svg"),
  xml: (content, head) => checkMarkup(content, head, undefined),
  zip: checkZip,
  nrrd: checkNrrd,
  json: checkJson,
  csv: () => Promise.resolve(undefined),
  any: () => Promise.resolve(undefined),
};

/**
 * Looks at the bytes of a file that is complete, and says whether they are what they have to be. No more of it is held than a block, whatever
 * its kind.
 *
 * @param url Where they came from, for the message.
 * @throws {DecodeError} If they are not.
 */
export async function checkContent(
  { kind, name }: Pick<CheckedItem, "kind" | "name">,
  content: Content,
  url: string,
): Promise<void> {
  const head = await content.read(0, HEAD_BYTES);
  const mayBeHtml = kind === "any" && /\.html?$/i.test(name);
  const fault =
    !mayBeHtml && mayBeMarkup(head) && isHtml(textOf(head))
      ? faultOf(0, WORDS[kind], "an HTML page, as servers send for an error")
      : await CHECKS[kind](content, head);
  if (fault !== undefined) throw new DecodeError(`"${name}"`, { ...fault, url });
}

/** Codes of what may stand before the first tag: blanks, zeros of UTF-16, marks of the order of bytes. */
const BEFORE_TAGS: ReadonlySet<number> = new Set([0, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0xef, 0xbb, 0xbf, 0xff, 0xfe]);

/** Whether the first thing is a tag: most files are told by this alone, and are not made text of. */
function mayBeMarkup(head: Uint8Array): boolean {
  return head.find((byte) => !BEFORE_TAGS.has(byte)) === 0x3c;
}

const WORDS: Readonly<Record<FileKind, string>> = {
  jpeg: "a JPEG",
  svg: "an SVG drawing",
  xml: "an XML document",
  zip: "a zip",
  nrrd: "an NRRD volume",
  json: "a JSON document",
  csv: "a table",
  any: "what is no HTML page, as the name does not end in .html",
};

async function checkJpeg(content: Content, head: Uint8Array): Promise<ContentFault | undefined> {
  const tailStart = Math.max(2, content.sizeBytes - JPEG_TAIL_BYTES);
  const tail = await content.read(tailStart, JPEG_TAIL_BYTES);
  // The first and the last bytes decide: what lies between them is left out.
  const fault = jpegFault(Buffer.concat([head.subarray(0, 2), tail]));
  return fault === undefined || fault.at === 0 ? fault : { ...fault, at: content.sizeBytes };
}

async function checkMarkup(
  content: Content,
  head: Uint8Array,
  root: string | undefined,
): Promise<ContentFault | undefined> {
  const tail = await content.read(Math.max(0, content.sizeBytes - TAIL_BYTES), TAIL_BYTES);
  return xmlFault(textOf(head), textOf(tail, isWideText(head)), content.sizeBytes, root);
}
