import type { EntryStats, OwnedStats, StoreStats } from "@brainatlas/mirror";
import type { Context } from "../context.ts";
import { EXIT } from "../exit.ts";
import { printModels } from "../output/entries.ts";
import { note } from "../output/notes.ts";
import { printBytes, printCount, printNumber } from "../output/quantities.ts";
import { roomOf } from "../output/room.ts";
import { type Column, printFacts, printTable } from "../output/table.ts";
import { useStore } from "../use-store.ts";
import { KINDS } from "./store-kinds.ts";

/** Options of `brainatlas store stats`. */
export interface StoreStatsOptions {
  readonly store?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Data sets that are shown; JSON has all. */
const SHOWN_DATA_SETS = 20;

/** Says what a store holds, by kind, atlas and data set. Returns the exit code. */
export async function run(context: Context, { store: option, json }: StoreStatsOptions): Promise<number> {
  const { storeStats } = await context.load.mirror();
  const stats = await useStore(context, option, (store) => storeStats(store, context.signal));
  if (json === true) {
    context.stdout.write(`${JSON.stringify(stats, undefined, 2)}\n`);
    return EXIT.done;
  }
  const room = roomOf(context);
  const dataSets = stats.dataSets.slice(0, SHOWN_DATA_SETS);
  const tables = [
    printStoreFacts(stats),
    printKinds(stats, room),
    stats.atlases.length === 0 ? "" : printOwned("ATLAS", stats.atlases, room),
    dataSets.length === 0 ? "" : printOwned("DATA SET", dataSets, room),
    Object.keys(stats.records).length === 0 ? "" : printModels(stats.records),
  ];
  context.stdout.write(tables.filter((table) => table !== "").join("\n"));
  const more = stats.dataSets.length - dataSets.length;
  if (more > 0) note(context, `${more} more data sets are left out; --json has all`);
  return EXIT.done;
}

function printStoreFacts(stats: StoreStats): string {
  const { directory, version, synthetic, all, recordsBytes, orphans, pulls, sizeBytes } = stats;
  const shared = all.namedBytes - all.bodyBytes;
  return printFacts(directory, [
    ["version", String(version)],
    ["synthetic", synthetic ? "yes: not data of the Allen Institute" : undefined],
    ["size", printBytes(sizeBytes)],
    ["bodies", printBytes(all.bodyBytes)],
    ["shared", shared === 0 ? undefined : `${printBytes(shared)} more if every entry had a body of its own`],
    ["records", printBytes(recordsBytes)],
    [
      "orphans",
      orphans.count === 0
        ? undefined
        : `${printBytes(orphans.sizeBytes)} in ${printCount(orphans.count, "file", "files")} that belong to nothing, or are being written`,
    ],
    [
      "pulls",
      pulls.count === 0
        ? undefined
        : `${printBytes(pulls.sizeBytes)} of working files of ${printCount(pulls.count, "pull that was", "pulls that were")} not finished`,
    ],
  ]);
}

const KIND_COLUMNS: readonly Column[] = [
  { heading: "KIND" },
  { heading: "ENTRIES", align: "right" },
  { heading: "SIZE", align: "right" },
  { heading: "ON DISK", align: "right" },
  { heading: "OLDEST (UTC)" },
  { heading: "NEWEST (UTC)" },
];

function printKinds({ kinds, all }: StoreStats, room: number): string {
  const rows = KINDS.map((kind) => kindRow(kind, kinds[kind])).filter(([, count]) => count !== "0");
  return rows.length === 0 ? "" : printTable(KIND_COLUMNS, [...rows, kindRow("all", all)], room);
}

function kindRow(name: string, { count, namedBytes, bodyBytes, oldest, newest }: EntryStats): string[] {
  return [
    name,
    printNumber(count),
    printBytes(namedBytes),
    printBytes(bodyBytes),
    printTime(oldest),
    printTime(newest),
  ];
}

function printOwned(heading: string, owned: readonly OwnedStats[], room: number): string {
  const columns: Column[] = [
    { heading, align: "right" },
    { heading: "NAME" },
    { heading: "PICTURES", align: "right" },
    { heading: "DRAWINGS", align: "right" },
    { heading: "GRIDS", align: "right" },
    { heading: "ON DISK", align: "right" },
  ];
  const hasNames = owned.some(({ name }) => name !== undefined);
  const keep = <T>(cells: readonly T[]): T[] => cells.filter((_, index) => hasNames || index !== 1);
  const rows = owned.map(({ id, name, pictures, drawings, grids, bodyBytes }) =>
    keep([String(id), name ?? "", ...[pictures, drawings, grids].map(printNumber), printBytes(bodyBytes)]),
  );
  return printTable(keep(columns), rows, room);
}

function printTime(time: string | undefined): string {
  return time?.slice(0, 16).replace("T", " ") ?? "";
}
