import type { StoreEntry } from "@brainatlas/mirror";
import { printBytes, printNumber } from "./quantities.ts";
import { type Column, printTable } from "./table.ts";
import { fitMiddle } from "./width.ts";

const IMAGE: Column = { heading: "IMAGE" };
const COLUMNS: readonly Column[] = [
  { heading: "KIND" },
  { heading: "SIZE", align: "right" },
  { heading: "TYPE" },
  { heading: "STORED (UTC)" },
  IMAGE,
  { heading: "NAME" },
  { heading: "FROM" },
];
/** Longest address that is shown, in columns; JSON has all of it. */
const MAX_ADDRESS = 60;

/**
 * Entries of a store as a table that fits a room.
 *
 * @param images Ids of the images of pictures, by their names, where they are known.
 */
export function printEntries(
  entries: readonly StoreEntry[],
  room: number,
  images: ReadonlyMap<string, readonly number[]> = new Map(),
): string {
  const imageOf = ({ kind, name }: StoreEntry): string =>
    printImages(kind === "picture" ? images.get(name) : undefined);
  const hasImages = entries.some((entry) => imageOf(entry) !== "");
  const keep = <T>(cells: readonly T[]): T[] => cells.filter((_, index) => hasImages || COLUMNS[index] !== IMAGE);
  const rows = entries.map((entry) => {
    const { kind, mediaType, storedAt, name } = entry;
    const [size, from] = printOrigin(entry);
    return keep([kind, size, mediaType, storedAt.slice(0, 16).replace("T", " "), imageOf(entry), name, from]);
  });
  return printTable(keep(COLUMNS), rows, room);
}

/** How large an entry is, and where it comes from; a coloured plate that is drawn has no bytes of its own. */
function printOrigin({ sizeBytes, source = "", details }: StoreEntry): [size: string, from: string] {
  if (details.drawingOf !== undefined) return ["drawn", `drawing ${details.drawingOf}`];
  return [printBytes(sizeBytes), URL.canParse(source) ? fitMiddle(source, MAX_ADDRESS) : source];
}

/** The first image, and how many others there are. */
function printImages(ids: readonly number[] = []): string {
  return ids.length > 1 ? `${ids[0]} +${ids.length - 1}` : ids.join();
}

/** Entries of a store by their kinds, as a table. */
export function printKinds(entries: readonly Pick<StoreEntry, "kind" | "sizeBytes">[]): string {
  const kinds = [...new Set(entries.map(({ kind }) => kind))];
  return printTable(
    [{ heading: "KIND" }, { heading: "ENTRIES", align: "right" }, { heading: "SIZE", align: "right" }],
    kinds.map((kind) => {
      const some = entries.filter((entry) => entry.kind === kind);
      return [kind, printNumber(some.length), printBytes(some.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0))];
    }),
  );
}

/** Numbers of rows by model, as a table. */
export function printModels(models: Readonly<Record<string, number>>): string {
  return printTable(
    [{ heading: "MODEL" }, { heading: "ROWS", align: "right" }],
    Object.entries(models).map(([model, count]) => [model, printNumber(count)]),
  );
}
