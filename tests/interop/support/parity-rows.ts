/** A row of docs/parity.md. */
export interface ParityRow {
  /** Module and class, as `api.queries.svg_api.SvgApi`; of a function the module alone. */
  readonly of: string;
  readonly method: string;
  /** What stands for it here. */
  readonly here: string;
  /** The tests that compare the two. */
  readonly tested: string;
}

/** The rows of the tables of docs/parity.md, each under its heading. */
export function readParityRows(text: string): ParityRow[] {
  let of = "";
  return text.split("\n").flatMap((line) => {
    of = /^### .*`allensdk\.([\w.]+)`/.exec(line)?.[1] ?? of;
    const [, method, here = "", tested = ""] = /^\| `(\w+)` +\| (.*?) +\| (.*?) +\|$/.exec(line) ?? [];
    return method === undefined ? [] : [{ of, method, here, tested }];
  });
}
