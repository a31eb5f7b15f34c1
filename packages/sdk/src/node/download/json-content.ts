import { type Content, readBlocks } from "./content.ts";
import { type ContentFault, faultOf } from "./content-fault.ts";
import { JsonScan } from "./json-scan.ts";

/** A longer document is not held to be parsed, but read once from end to end. */
const MAX_PARSED_BYTES = 1024 * 1024;
/** How the envelope of the API begins when a query failed (reference §3.6). */
const FAILURE = /^\s*\{\s*"success"\s*:\s*false\b/;

/** Says why a document is no JSON, or tells of a query that failed. */
export async function checkJson(content: Content, head: Uint8Array): Promise<ContentFault | undefined> {
  if (FAILURE.test(Buffer.from(head.buffer, head.byteOffset, head.length).toString())) return FAILED;
  return content.sizeBytes <= MAX_PARSED_BYTES ? await parseWhole(content) : await scan(content);
}

const FAILED: ContentFault = faultOf("the answer", "success", "the API's word that the query failed");
const EXPECTED = "a JSON document";

async function parseWhole(content: Content): Promise<ContentFault | undefined> {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await content.read(0, content.sizeBytes));
    const value: unknown = JSON.parse(text);
    const isFailed = typeof value === "object" && value !== null && "success" in value && value.success === false;
    return isFailed ? FAILED : undefined;
  } catch (error) {
    return faultOf("the text", EXPECTED, error instanceof Error ? `what is none (${error.message})` : "what is none");
  }
}

async function scan(content: Content): Promise<ContentFault | undefined> {
  const scan = new JsonScan();
  for await (const block of readBlocks(content)) {
    const at = scan.take(block);
    if (at !== undefined) return faultOf(at, EXPECTED, "what is none");
  }
  return scan.isComplete ? undefined : faultOf(content.sizeBytes, "the end of a JSON document", "the end of the body");
}
