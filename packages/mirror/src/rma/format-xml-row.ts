import type { AttributeType } from "@brainatlas/sdk/rma/schema";
import { isStoredAsJson, type SqlValue } from "../records/values.ts";
import { bareText, isCovered, isTrue, type WriteRow } from "./format-text.ts";
import { elementOf, escapeXml, singularOf } from "./format-xml-text.ts";
import type { ResultRow, RowShape, ShapeColumn, ShapeInclude } from "./result.ts";

/** How the rows of a shape are written. */
export interface RowStyle {
  /** Element of a row. */
  readonly element: string;
  /** How many levels deep it stands in its answer: what lies in no container is at 0. */
  readonly depth: number;
  /**
   * `flat` rows of a tabular query, `root` rows of a model, `nested` ones of an include: they were seen to differ in how they
   * write types and null (reference §3.7).
   */
  readonly kind: "flat" | "root" | "nested";
}

/** Types that nested columns name; text has none. */
const NAMED_TYPES: ReadonlySet<AttributeType> = new Set(["integer", "float", "boolean", "datetime"]);

/** Makes the writer of a shape's rows, two blanks deeper for each level. */
export function compileXmlRow(shape: RowShape, style: RowStyle): WriteRow {
  const { element, depth } = style;
  const indent = "  ".repeat(depth);
  const columns = shape.columns.map((column) =>
    isCovered(column, shape.includes) ? undefined : compileColumn(column, style),
  );
  const includes = shape.includes.map((include) => compileInclude(include, style));
  const [start, end] = [`${indent}<${element}>\n`, `${indent}</${element}>\n`];
  return (row) => {
    let text = start;
    for (let index = 0; index < columns.length; index += 1) text += columns[index]?.(row.values[index] ?? null) ?? "";
    for (let index = 0; index < includes.length; index += 1) text += includes[index]?.(row.includes[index]);
    return text + end;
  };
}

function compileColumn({ name, type }: ShapeColumn, { depth, kind }: RowStyle): (value: SqlValue) => string {
  const tag = elementOf(name);
  const open = `${"  ".repeat(depth + 1)}<${kind === "nested" && NAMED_TYPES.has(type) ? `${tag} type="${type}"` : tag}`;
  // Flat rows were seen with both tags around nothing.
  const none = `${open} nil="true"${kind === "flat" ? `></${tag}>` : "/>"}\n`;
  const write = valueWriter(type, kind === "flat");
  return (value) => (value === null ? none : `${open}>${write(value)}</${tag}>\n`);
}

type Included = ResultRow["includes"][number] | undefined;

function compileInclude({ name, isMany, shape }: ShapeInclude, { depth, kind }: RowStyle): (row: Included) => string {
  const tag = elementOf(name);
  const indent = "  ".repeat(depth + 1);
  // Containers in nested rows were seen with a type, those in root rows without.
  const typed = kind === "nested" ? `${tag} type="array"` : tag;
  const element = isMany ? elementOf(singularOf(name)) : tag;
  const write = compileXmlRow(shape, { element, depth: depth + (isMany ? 2 : 1), kind: "nested" });
  return (included) => {
    if (Array.isArray(included)) {
      if (included.length === 0) return `${indent}<${typed}/>\n`;
      return `${indent}<${typed}>\n${included.map(write).join("")}${indent}</${tag}>\n`;
    }
    // An array was dealt with; the compiler does not narrow readonly ones.
    const row = included as ResultRow | null | undefined;
    return row === null || row === undefined ? `${indent}<${tag} nil="true"/>\n` : write(row);
  };
}

function valueWriter(type: AttributeType, isFlat: boolean): (value: string | number) => string {
  if (type === "boolean") return (value) => (isTrue(value) ? "true" : "false");
  if (isStoredAsJson(type)) return (value) => escapeXml(bareText(value));
  // Flat rows have numbers as the database prints them, others as the service's language does: 600 and 25.0 were recorded.
  const asFloat = type === "float" && !isFlat;
  return (value) => {
    if (typeof value === "string") return escapeXml(value);
    return asFloat && Number.isInteger(value) && Math.abs(value) < 1e16 ? `${value}.0` : String(value);
  };
}
