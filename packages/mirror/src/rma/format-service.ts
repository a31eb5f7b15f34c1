import { elementOf, escapeXml, singularOf } from "./format-xml-text.ts";
import type { ServiceAnswer, ServiceRow, ServiceValue } from "./service-answer.ts";

/**
 * The JSON of a service's rows. Of none it is an object without names, and no total, as was seen (reference §3.6); whether an answer
 * with rows has a total is unknown, and here it has.
 */
export function serviceJson({ startRow, totalRows, serviceRows }: ServiceAnswer): string {
  const start = `{"success": true, "id": 0, "start_row": ${startRow}, "num_rows": ${serviceRows.length}, `;
  if (serviceRows.length === 0) return `${start}"msg": {}}`;
  return `${start}"total_rows": ${totalRows}, "msg": [${serviceRows.map((row) => JSON.stringify(row)).join(",")}]}`;
}

/** The XML of a service's rows: `<objects><object>` (reference §3.7), with types in what lies within a row, as in other answers. */
export function serviceXml({ startRow, totalRows, serviceRows }: ServiceAnswer): string {
  const total = serviceRows.length === 0 ? "" : ` total_rows='${totalRows}'`;
  const start = `<Response success='true' start_row='${startRow}' num_rows='${serviceRows.length}'${total}>`;
  if (serviceRows.length === 0) return `${start}<objects/>\n</Response>`;
  const rows = serviceRows.map((row) => writeObject("object", row, { depth: 1, isNested: false }));
  return `${start}<objects>\n${rows.join("")}</objects>\n</Response>`;
}

interface Place {
  readonly depth: number;
  /** Whether it lies within a row. Values there name their types. */
  readonly isNested: boolean;
}

function writeObject(name: string, row: ServiceRow, { depth, isNested }: Place): string {
  const tag = elementOf(name);
  const indent = "  ".repeat(depth);
  const parts = Object.entries(row).map(([key, value]) => writeValue(key, value, { depth: depth + 1, isNested }));
  return `${indent}<${tag}>\n${parts.join("")}${indent}</${tag}>\n`;
}

function writeValue(name: string, value: ServiceValue, place: Place): string {
  if (value !== null && typeof value === "object" && !isList(value)) {
    return writeObject(name, value, { ...place, isNested: true });
  }
  const tag = elementOf(name);
  const indent = "  ".repeat(place.depth);
  if (value === null) return `${indent}<${tag} nil="true"/>\n`;
  const open = `${indent}<${tag}${place.isNested ? typeOf(value) : ""}`;
  if (!isList(value)) return `${open}>${escapeXml(String(value))}</${tag}>\n`;
  if (value.length === 0) return `${open}/>\n`;
  const singular = nameInList(name);
  const items = value.map((item) => writeValue(singular, item, { depth: place.depth + 1, isNested: true }));
  return `${open}>\n${items.join("")}${indent}</${tag}>\n`;
}

function isList(value: ServiceValue): value is readonly ServiceValue[] {
  return Array.isArray(value);
}

/** Name of an element in a list, which is also the step by which a pipe's path goes into the list. */
export function nameInList(name: string): string {
  return singularOf(name.replaceAll("-", "_")).replaceAll("_", "-");
}

function typeOf(value: Exclude<ServiceValue, null | ServiceRow>): string {
  if (typeof value === "number") return ` type="${Number.isInteger(value) ? "integer" : "float"}"`;
  if (typeof value === "boolean") return ' type="boolean"';
  return isList(value) ? ' type="array"' : "";
}
