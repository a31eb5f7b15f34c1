import type { StoreEntry } from "@brainatlas/mirror";
import { printBytes, printNumber } from "./quantities.ts";
import { type Column, printTable } from "./table.ts";

const COLUMNS: readonly Column[] = [
  { heading: "KIND" },
  { heading: "SIZE", align: "right" },
  { heading: "TYPE" },
  { heading: "STORED (UTC)" },
  { heading: "NAME" },
  { heading: "FROM" },
];

/** Entries of a store as a table that fits a room. */
export function printEntries(entries: readonly StoreEntry[], room: number): string {
  return printTable(
    COLUMNS,
    entries.map(({ kind, sizeBytes, mediaType, storedAt, name, source }) => [
      kind,
      printBytes(sizeBytes),
      mediaType,
      storedAt.slice(0, 16).replace("T", " "),
      name,
      source ?? "",
    ]),
    room,
  );
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
