// Downloads by a call of the library, in a process of its own: download-all.mjs FOLDER CONNECTIONS PIPELINING, with "URL NAME" lines on standard input.
import { text } from "node:stream/consumers";
import { downloadAll } from "@brainatlas/sdk/node";

const [directory = "", connections, pipelining] = process.argv.slice(2);
const lines = (await text(process.stdin)).trimEnd().split("\n");
const items = lines.map((line) => {
  const [url = "", name = ""] = line.split(" ");
  return { url, name };
});
const { failures } = await downloadAll(items, {
  directory,
  concurrency: Number(connections),
  pipelining: Number(pipelining),
});
for (const { reason } of failures) console.error(reason);
process.exitCode = failures.length === 0 ? 0 : 1;
