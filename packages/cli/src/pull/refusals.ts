import type { DownloadedFile, FailedDownload } from "@brainatlas/sdk/node";
import type { PullItem } from "./pull-item.ts";

/** Why each part of a picture that was not put is of no use: the one at fault for what is wrong with it, the others because of that one. */
export function refusalsOf(
  parts: readonly DownloadedFile<PullItem>[],
  error: unknown,
): readonly FailedDownload<PullItem>[] {
  const words = error instanceof Error ? error.message : String(error);
  const faulty = parts.find(({ path }) => words.includes(`"${path}"`));
  return parts.map((part) => {
    const { item, attempts } = part;
    return { item, attempts, error, reason: `Cannot import "${item.name}" from ${item.url}: ${because(part)}` };
  });

  function because(part: DownloadedFile<PullItem>): string {
    if (faulty === undefined) return words;
    if (part !== faulty) return `its picture is not put without "${faulty.item.name}"`;
    return words.replace(`Cannot import "${faulty.path}": `, "");
  }
}
