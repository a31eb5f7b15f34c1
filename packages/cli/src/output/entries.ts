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

/** Numbers of rows by model, as a table. */
export function printModels(models: Readonly<Record<string, number>>): string {
  return printTable(
    [{ heading: "MODEL" }, { heading: "ROWS", align: "right" }],
    Object.entries(models).map(([model, count]) => [model, printNumber(count)]),
  );
}
