import type { Context } from "../context.ts";
import { EXIT } from "../exit.ts";
import { printBytes } from "../output/quantities.ts";
import { printFacts } from "../output/table.ts";
import { storePlace } from "../store-directory.ts";

/** Options of `brainatlas store info`. */
export interface StoreInfoOptions {
  readonly store?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Says where a store is and how much it holds. Returns the exit code. */
export async function run(context: Context, { store: option, json }: StoreInfoOptions): Promise<number> {
  const { openStore } = await context.load.mirror();
  const info = await (await openStore(storePlace(context, option).directory)).info();
  if (json === true) {
    context.stdout.write(`${JSON.stringify(info, undefined, 2)}\n`);
    return EXIT.done;
  }
  const counts = Object.entries(info.entries).map(([kind, count]): [string, string] => [`${kind}s`, String(count)]);
  context.stdout.write(
    printFacts(info.directory, [["version", String(info.version)], ...counts, ["size", printBytes(info.sizeBytes)]]),
  );
  return EXIT.done;
}
