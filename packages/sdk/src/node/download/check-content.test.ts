import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkAsyncProperty, checkProperty } from "../../../../../tests/support/property.ts";
import { checkContent } from "./check-content.ts";
import { heldContent } from "./content.ts";
import { JsonScan } from "./json-scan.ts";
import type { FileKind } from "./types.ts";

const URL = "http://test/x";

function bytesOf(content: Uint8Array | string): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}

async function faultOf(kind: FileKind, content: Uint8Array | string, name = "x"): Promise<string | undefined> {
  return await checkContent({ kind, name }, heldContent(bytesOf(content)), URL).then(
    () => undefined,
    (error: Error) => error.message,
  );
}

const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(300, 1), Buffer.from([0xff, 0xd9])]);
const NRRD = "NRRD0004\ntype: uint8\ndimension: 3\nsizes: 2 3 4\nencoding: ";
const RAW = Buffer.concat([Buffer.from(`${NRRD}raw\n\n`), Buffer.alloc(24)]);
const PACKED = Buffer.concat([Buffer.from(`${NRRD}gzip\n\n`), gzipSync(Buffer.alloc(24))]);

/** A zip of one stored file. */
function makeZip(comment = ""): Buffer {
  const name = Buffer.from("a");
  const local = Buffer.alloc(31);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(1, 26);
  name.copy(local, 30);
  const listed = Buffer.alloc(47);
  listed.writeUInt32LE(0x02014b50, 0);
  listed.writeUInt16LE(1, 28);
  name.copy(listed, 46);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(local.length, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([local, listed, end, Buffer.from(comment)]);
}

test.each<[FileKind, Uint8Array | string]>([
  ["jpeg", JPEG],
  ["jpeg", Buffer.concat([JPEG, Buffer.alloc(20)])],
  ["svg", '<?xml version="1.0"?>\n<!-- made -->\n<svg xmlns="x"><path/></svg>\n'],
  ["svg", "\uFEFF<svg/>"],
  ["xml", Buffer.from(`\uFEFF<?xml version="1.0"?><a>${"<b/>".repeat(3000)}</a>\n`, "utf16le")],
  ["xml", Buffer.from(`\uFEFF<a>${"<b/>".repeat(3000)}</a>`, "utf16le").swap16()],
  ["svg", '<!DOCTYPE svg PUBLIC "a" "b" [<!ENTITY x "y">]><svg:svg></svg:svg>'],
  ["xml", "<Response success='true'><a/></Response>\n<!-- end -->"],
  ["json", '{"success": true, "msg": []}'],
  ["json", "\uFEFF[1]"],
  ["json", `[${"1,".repeat(600_000)}1]`],
  ["csv", "a,b\n1,2\n"],
  ["csv", ""],
  ["any", ""],
  ["any", Buffer.from([0, 1, 2])],
  ["zip", makeZip()],
  ["zip", makeZip("a comment")],
  ["nrrd", RAW],
  ["nrrd", PACKED],
  ["nrrd", `${NRRD}raw\ndata file: x.raw\n`],
  ["nrrd", "NRRD0004\ntype: uint8\ndimension: 2\nsizes: 2 3\nencoding: raw\n\n123456"],
])("checkContent() takes a good %s", async (kind, content) => {
  expect(await faultOf(kind, content)).toBeUndefined();
});

const PAGE = "<!DOCTYPE html><html><body>Sorry</body></html>";

test.each<[FileKind, Uint8Array | string, string]>([
  ["jpeg", JPEG.subarray(0, -1), "the end of a JPEG"],
  ["jpeg", "", "the start of a JPEG"],
  ["jpeg", PAGE, "an HTML page"],
  ["svg", "<svg><path/>", "</svg>"],
  ["svg", "<svg><svg/>", "</svg>"],
  ["svg", "<other></other>", "the start of an svg document"],
  ["svg", PAGE, "an HTML page"],
  ["svg", "", "nothing"],
  ["xml", "<a><b></b>", "</a>"],
  ["xml", "plain text", "the start of an XML document"],
  ["xml", '<Response success="false"><msg>no</msg></Response>', "the query failed"],
  ["xml", `<?xml version="1.0"?>${PAGE}`, "an HTML page"],
  ["json", '{"a": 1', "a JSON document"],
  ["json", '{ "success": false, "msg": "Service request failed" }', "the query failed"],
  ["json", '{"msg": "no", "success": false}', "the query failed"],
  ["json", "", "a JSON document"],
  ["json", `[${"1,".repeat(600_000)}`, "the end of a JSON document"],
  ["json", `[${"1,".repeat(600_000)},]`, "a JSON document"],
  ["csv", `  <!-- x -->${PAGE}`, "an HTML page"],
  ["any", PAGE.toLowerCase(), "an HTML page"],
  ["zip", makeZip().subarray(0, -1), "the end of a zip"],
  ["zip", Buffer.concat([makeZip(), Buffer.alloc(9)]), "the end of a zip"],
  ["zip", makeZip().subarray(20), "a directory that lies before it"],
  ["zip", makeZip().fill(0, 0, 4), "the start of a zip"],
  ["zip", makeZip().fill(0, 31, 35), "the directory of the zip"],
  ["zip", PAGE, "an HTML page"],
  ["nrrd", RAW.subarray(0, -1), "24 bytes of voxels"],
  ["nrrd", Buffer.concat([RAW, Buffer.alloc(1)]), "24 bytes of voxels"],
  ["nrrd", PACKED.subarray(0, -1), "a gzip stream"],
  ["nrrd", Buffer.concat([PACKED, Buffer.alloc(3)]), "a gzip stream"],
  ["nrrd", Buffer.concat([Buffer.from(`${NRRD}gzip\n\n`), gzipSync(Buffer.alloc(1e6))]), "more"],
  ["nrrd", Buffer.concat([Buffer.from(`${NRRD}gzip\n\n`), gzipSync(Buffer.alloc(23))]), "24 bytes of voxels"],
  ["nrrd", "NRRD0004\ntype: uint8\n", "the header"],
  ["nrrd", PAGE, "an HTML page"],
])("checkContent() finds the fault of a bad %s", async (kind, content, words) => {
  const message = await faultOf(kind, content);
  expect(message).toContain(words);
  expect(message).toContain(URL);
});

test("checkContent() takes an HTML page under a name that says so", async () => {
  expect(await faultOf("any", PAGE, "index.html")).toBeUndefined();
  expect(await faultOf("any", PAGE, "index.HTM")).toBeUndefined();
  expect(await faultOf("jpeg", PAGE, "plate.html")).toContain("an HTML page");
});

test("checkContent() ends in time whatever the text is", async () => {
  for (const text of [
    " ".repeat(9000),
    "<!--".repeat(3000),
    `<a>${" <!--".repeat(2000)}`,
    `<!doctype ${"[".repeat(5000)}`,
  ]) {
    expect(await faultOf("xml", text)).toBeDefined();
    expect(await faultOf("svg", text)).toBeDefined();
  }
});

test("checkContent() finds any cut through a JSON document", async () => {
  await checkAsyncProperty(
    fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), async (value, drawn) => {
      const text = bytesOf(JSON.stringify({ ...value, success: true }));
      if ((await faultOf("json", text)) !== undefined) return false;
      return (await faultOf("json", text.subarray(0, drawn % text.length))) !== undefined;
    }),
  );
});

/** What the scanner says of bytes that come in two blocks. */
function scans(bytes: Uint8Array, cut: number): boolean {
  const scan = new JsonScan();
  const parts = [bytes.subarray(0, cut), bytes.subarray(cut)];
  return parts.every((part) => scan.take(part) === undefined) && scan.isComplete;
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test("JsonScan says of a document what JSON.parse() does, wherever a block ends", () => {
  checkProperty(
    fc.property(fc.json({ maxDepth: 4 }), fc.nat(), (text, drawn) => {
      const bytes = bytesOf(text);
      return scans(bytes, drawn % (bytes.length + 1));
    }),
  );
  const mutated = fc.tuple(fc.json(), fc.nat(), fc.constantFrom(...'{}[],:"\\ 1-+.eEtn\n\t'));
  checkProperty(
    fc.property(mutated, fc.nat(), ([text, at, letter], drawn) => {
      const place = at % (text.length + 1);
      const changed = `${text.slice(0, place)}${letter}${text.slice(place + 1)}`;
      const bytes = bytesOf(changed);
      // The scanner does not look at the digits of \u: all else has to be the same.
      return /\\u/.test(changed) || scans(bytes, drawn % (bytes.length + 1)) === parses(changed);
    }),
  );
});

test.each([
  "",
  " ",
  "[",
  "]",
  "{",
  "nul",
  "01",
  "1.",
  "-",
  '"',
  '{"a"}',
  "[1,]",
  '{"a":1,}',
  "1 2",
  "[1}",
  '"\\x"',
  '"\n"',
  "tru e",
])("JsonScan refuses %j", (text) => {
  expect(scans(bytesOf(text), 0)).toBe(false);
  expect(parses(text)).toBe(false);
});

test("JsonScan bounds depth and the length of numbers", () => {
  expect(scans(bytesOf("[".repeat(200_000) + "]".repeat(200_000)), 7)).toBe(false);
  expect(scans(bytesOf("1".repeat(5000)), 7)).toBe(false);
});
