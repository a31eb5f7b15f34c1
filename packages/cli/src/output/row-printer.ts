import type { Row } from "./fields.ts";

/** How rows are printed. */
export const ROW_FORMATS = ["table", "tsv", "csv", "json", "ndjson"] as const;

export type RowFormat = (typeof ROW_FORMATS)[number];

/** Prints rows that come page by page. */
export interface RowPrinter {
  /** Text of some more rows, with what goes before them if they are the first. */
  print(rows: readonly Row[]): string;
  /** Text after the last row. */
  end(): string;
}

/** How a printer is to do it. */
export interface RowPrinterOptions {
  /** The fields that are wanted; all that the first page has, by default. */
  readonly fields: readonly string[] | undefined;
  /** Width of the terminal, or `Infinity`. */
  readonly room: number;
  /** Told what is not shown. */
  readonly note: (text: string) => void;
}
