import { fieldsOf, type Row } from "./fields.ts";

/** Settles the fields with the first page; says so, once, if a later page has others. */
export function settleFields(
  fields: readonly string[] | undefined,
  note: (text: string) => void,
): (rows: readonly Row[]) => readonly string[] {
  let settled = fields;
  let said = fields !== undefined;
  return (rows) => {
    settled ??= fieldsOf(rows);
    const known = settled;
    const others = said ? [] : fieldsOf(rows).filter((name) => !known.includes(name));
    if (others.length > 0) {
      said = true;
      note(`later rows have ${others.join(", ")} too, which the first had not; --format ndjson shows them`);
    }
    return settled;
  };
}
