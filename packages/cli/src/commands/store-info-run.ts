import type { Context } from "../context.ts";
import { EXIT } from "../exit.ts";
import { printModels } from "../output/entries.ts";
import { printBytes, printNumber } from "../output/quantities.ts";
import { printFacts } from "../output/table.ts";
import { useStore } from "../use-store.ts";

/** Options of `brainatlas store info`. */
export interface StoreInfoOptions {
  readonly store?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Says where a store is and how much it holds. Returns the exit code. */
export async function run(context: Context, { store: option, json }: StoreInfoOptions): Promise<number> {
  const info = await useStore(context, option, (store) => store.info());
  if (json === true) {
    context.stdout.write(`${JSON.stringify(info, undefined, 2)}\n`);
    return EXIT.done;
  }
  const counts = Object.entries(info.entries).map(([kind, count]): [string, string] => [`${kind}s`, String(count)]);
  const rows = Object.values(info.records).reduce((sum, count) => sum + count, 0);
  context.stdout.write(
    printFacts(info.directory, [
      ["version", String(info.version)],
      ["synthetic", info.synthetic ? "yes: not data of the Allen Institute" : undefined],
      ...counts,
      ["size", printBytes(info.sizeBytes)],
      ["rows", printNumber(rows)],
    ]),
  );
  if (rows > 0) context.stdout.write(`\n${printModels(info.records)}`);
  return EXIT.done;
}
