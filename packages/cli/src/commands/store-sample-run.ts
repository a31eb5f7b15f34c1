import { tierCount } from "@brainatlas/sdk/image";
import type { Context } from "../context.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exit.ts";
import { CLEAR_LINE } from "../output/clear-line.ts";
import { printEntries } from "../output/entries.ts";
import { printable } from "../output/notes.ts";
import { printCount, printNumber } from "../output/quantities.ts";
import { roomOf } from "../output/room.ts";
import { storePlace } from "../store-directory.ts";
import { useStore } from "../use-store.ts";
import { checkDownsample } from "./store-import-run.ts";

/** Options of `brainatlas store sample`. */
export interface StoreSampleOptions {
  /** None for all. */
  readonly ids: readonly number[];
  readonly downsample?: number | undefined;
  readonly store?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Renders images of the sample atlas into a store. Returns the exit code. */
export async function run(context: Context, options: StoreSampleOptions): Promise<number> {
  const { downsample, store: option, json } = options;
  if (downsample !== undefined) checkDownsample(downsample);
  const { importSample } = await context.load.mirror();
  const ids = [...new Set(options.ids)];
  await checkImages(ids, downsample);
  const watched = watchImages(context);
  const { signal } = context;
  const use = { downsample, signal, onImage: watched.show };
  const summary = await useStore(context, option, (store) => importSample(store, ids, use), { create: true }).finally(
    watched.end,
  );
  const { directory } = storePlace(context, option);
  if (json === true) {
    context.stdout.write(`${JSON.stringify({ directory, ...summary }, undefined, 2)}\n`);
    return EXIT.done;
  }
  context.stdout.write(printEntries(summary.entries, roomOf(context)));
  const images = printCount(watched.count(), "synthetic image", "synthetic images");
  const rows = Object.values(summary.models).reduce((sum, count) => sum + count, 0);
  context.stderr.write(`${images} and ${printNumber(rows)} rows put into ${printable(directory)}\n`);
  return EXIT.done;
}

/** Before a store is made: what the sample has not is wrong usage. */
async function checkImages(ids: readonly number[], downsample: number | undefined): Promise<void> {
  const { SAMPLE_PLATES } = await import("@brainatlas/mirror/sample");
  const records = new Map(SAMPLE_PLATES.map(({ record }) => [record.id, record]));
  for (const id of ids.length === 0 ? records.keys() : ids) {
    const record = records.get(id);
    if (record === undefined) {
      throw new UsageError(`Cannot use image ${id}: the sample atlas has none such`, {
        hint: '"brainatlas plates --api sample" lists its plates',
      });
    }
    const last = tierCount(record.image_width, record.image_height) - 1;
    if (downsample === undefined || downsample <= last) continue;
    throw new UsageError(
      `Cannot use --downsample ${downsample}: image ${id} has tiers from 0 to ${last}; give one of these, or other images`,
    );
  }
}

interface Watch {
  show(id: number, done: number, count: number): void;
  end(): void;
  /** Images of which the work has begun. */
  count(): number;
}

/** In a terminal it is said which image is being rendered. */
function watchImages({ stderr }: Context): Watch {
  let begun = 0;
  return {
    show(id, done, count) {
      begun = done + 1;
      if (stderr.isTTY === true) stderr.write(`${CLEAR_LINE}image ${begun} of ${count}: ${id}`);
    },
    end() {
      if (stderr.isTTY === true && begun > 0) stderr.write(CLEAR_LINE);
    },
    count: () => begun,
  };
}
