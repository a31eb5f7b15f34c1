import type { SpacePoint } from "@brainatlas/sdk/sync";
import { dashed } from "../records/names.ts";
import type { SyncItem } from "./synchronise.ts";

/** Forms in which synchronisation answers. */
export type SyncFormat = "json" | "xml";

/** What is written: a list of places, one place, or a point. */
export type SyncAnswer =
  | { readonly kind: "list"; readonly items: readonly SyncItem[] }
  | { readonly kind: "single"; readonly item: SyncItem }
  | { readonly kind: "point"; readonly point: SpacePoint };

/** Writes an answer. Its counts are 0 whatever it holds, as was recorded (reference §5.1). */
export function formatSync(answer: SyncAnswer, format: SyncFormat): string {
  return format === "json" ? formatJson(answer) : formatXml(answer);
}

function formatJson(answer: SyncAnswer): string {
  return `{"success": true, "id": 0, "start_row": 0, "num_rows": 0, "total_rows": 0, "msg": ${JSON.stringify(contentOf(answer))}}`;
}

function contentOf(answer: SyncAnswer): unknown {
  if (answer.kind === "list") return answer.items.map((item) => ({ image_sync: item }));
  return answer.kind === "single" ? { image_sync: answer.item } : { image_to_reference: answer.point };
}

/** Element of a list's items, odd as it is: a client that worked reads it by this name (oganm/allenBrain, reference §5.2). */
const ITEM = "images-sync-helper-images-syncs";

function formatXml(answer: SyncAnswer): string {
  const start = "<Response success='true' start_row='0' num_rows='0' total_rows='0'>";
  if (answer.kind === "list") {
    const items = answer.items.map((item) => elementXml(ITEM, item, "  "));
    return `${start}<image-sync-helper-image-syncs>\n${items.join("")}</image-sync-helper-image-syncs>\n</Response>`;
  }
  if (answer.kind === "single") return `${start}${elementXml("image-sync", answer.item, "")}</Response>`;
  // Named as in JSON: no answer in XML is known.
  return `${start}${elementXml("image-to-reference", answer.point, "")}</Response>`;
}

function elementXml(name: string, fields: SyncItem | SpacePoint, indent: string): string {
  const children = Object.entries(fields).map(
    ([field, value]) => `${indent}  <${dashed(field)}>${value}</${dashed(field)}>\n`,
  );
  return `${indent}<${name}>\n${children.join("")}${indent}</${name}>\n`;
}
