import type { StoreEntry } from "@brainatlas/mirror";
import { printBytes } from "./quantities.ts";
import { type Column, printTable } from "./table.ts";

const COLUMNS: readonly Column[] = [
  { heading: "KIND" },
  { heading: "SIZE", align: "right" },
  { heading: "TYPE" },
  { heading: "STORED (UTC)" },
  { heading: "NAME" },
  { heading: "FROM" },
];

/** Entries of a store as a table. */
export function printEntries(entries: readonly StoreEntry[]): string {
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
  );
}
