import { dashed } from "../records/names.ts";
import { escapeXml } from "../rma/format-xml-text.ts";
import type { GraphNode } from "./graph-rows.ts";

/**
 * Writes a graph as JSON, to the byte as it was recorded: an envelope with two blanks a level, and in it structures with one.
 */
export function graphJson(roots: readonly GraphNode[]): string {
  const written = roots.map((root) => `    ${JSON.stringify(root, null, 1).replaceAll("\n", "\n    ")}`);
  const rows = written.length === 0 ? "[]" : `[\n${written.join(",\n")}\n  ]`;
  return `{
  "success": true,
  "id": 0,
  "start_row": 0,
  "num_rows": ${roots.length},
  "total_rows": ${roots.length},
  "msg": ${rows}
}
`;
}

/**
 * Writes a graph as XML, in the form that was recorded in 2013 and that later clients read: names between double quotes of their
 * own, and the word "null" for no parent. A second form that was recorded, `<structure_graph>`, has no client and is left out.
 */
export function graphXml(roots: readonly GraphNode[]): string {
  const count = roots.length;
  const start = `<Response success="true" id="0" start_row="0" num_rows="${count}" total_rows="${count}">\n`;
  return `${start}${roots.map((root) => structureXml(root, "    ")).join("")}</Response>\n`;
}

function structureXml({ children, ...columns }: GraphNode, indent: string): string {
  let text = `${indent}<structure>\n`;
  for (const [name, value] of Object.entries(columns)) {
    text += `${indent}  <${dashed(name)}>${valueXml(name, value)}</${dashed(name)}>\n`;
  }
  if (children.length > 0) {
    const below = children.map((child) => structureXml(child, `${indent}    `)).join("");
    text += `${indent}  <children>\n${below}${indent}  </children>\n`;
  }
  return `${text}${indent}</structure>\n`;
}

function valueXml(name: string, value: string | number | null): string {
  if (name === "acronym" || name === "name") return `"${escapeXml(String(value ?? ""))}"`;
  if (value === null) return name === "parent_structure_id" ? "null" : "";
  return escapeXml(String(value));
}
