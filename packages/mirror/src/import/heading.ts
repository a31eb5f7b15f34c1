import type { GivenRow } from "./given-row.ts";
import { type ImportSource, importError } from "./source.ts";

const NAME = /^[A-Za-z_][\w.-]*$/;

/** Whether the fields of a first line are names of columns; the first of several may be missing. */
export function isHeading(fields: readonly string[]): boolean {
  return fields.every((name, index) => NAME.test(name) || (index === 0 && name === "" && fields.length > 1));
}

/**
 * Rows of lines of fields, the first of which are names: an empty field is null. A first column without a name counts the rows, as
 * Python's programs add it, and is left out.
 */
export function* rowsUnderHeading(
  source: ImportSource,
  records: Iterator<string[], undefined>,
): Generator<GivenRow, void> {
  const names = records.next().value?.map((name) => name.replaceAll("-", "_")) ?? [];
  const unnamed = names.lastIndexOf("");
  if (unnamed > 0) throw importError(source, `its column ${unnamed} has no name; give one`);
  if (new Set(names).size < names.length) throw importError(source, "two of its columns have one name; rename one");
  let line = 1;
  for (let next = records.next(); next.done !== true; next = records.next()) {
    const fields = next.value;
    line += 1;
    if (fields.length !== names.length) {
      throw importError(source, `its row ${line} has ${fields.length} fields, and there are ${names.length} names`);
    }
    const row: Record<string, unknown> = Object.create(null);
    for (const [index, name] of names.entries())
      if (name !== "") row[name] = fields[index] === "" ? null : fields[index];
    yield { row };
  }
}
