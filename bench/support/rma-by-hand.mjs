// What someone would write who has the same tables and the same driver, and needs these four answers alone: prepared
// statements, and JSON.stringify.
import { createRequire } from "node:module";
import { COLUMNS } from "./rma-data.mjs";

// The driver is the mirror's own, and lies where it does.
const require = createRequire(new URL("../../packages/mirror/package.json", import.meta.url));
/** Computes on a thread of its own, as the mirror has it. */
const Connection = require("libsql/promise");
/** Computes on this thread, and holds up all else meanwhile. */
const BlockingConnection = require("libsql");

const PAGE_ROWS = 50;
const LIST = COLUMNS.map((column) => `u.${column}`).join(", ");
const FILTER = "u.structure_id = ? and u.expression_energy > ?";
const IN_SET =
  "exists (select 1 from links_structure_sets_structures l where l.structures_id = u.structure_id and l.structure_sets_id = ?)";

export async function createByHand(/** @type {string} */ path) {
  const connection = new Connection(path, {});
  const prepare = (/** @type {string} */ sql) => connection.prepare(sql);
  const point = await prepare(`select ${LIST} from structure_unionizes u where u.id = ?`);
  const page = await prepare(
    `select ${LIST} from structure_unionizes u where ${FILTER} order by u.id limit ${PAGE_ROWS} offset ?`,
  );
  const total = await prepare(`select count(*) as total from structure_unionizes u where ${FILTER}`);
  const inSet = await prepare(
    `select ${LIST} from structure_unionizes u where u.section_data_set_id = ? and ${IN_SET} order by u.id`,
  );
  const structures = await prepare(
    "select acronym, graph_id, id, name from structures where id in (select value from json_each(?))",
  );
  const all = await prepare(`select ${LIST} from structure_unionizes u order by u.id`);
  const blocking = new BlockingConnection(path);
  const pointNow = blocking.prepare(`select ${LIST} from structure_unionizes u where u.id = ?`);

  return {
    async point(/** @type {number} */ id) {
      const rows = await point.all(id);
      return envelope(rows, 0, rows.length).length;
    },
    pointNow(/** @type {number} */ id) {
      const rows = pointNow.all(id);
      return envelope(rows, 0, rows.length).length;
    },
    async page(/** @type {number} */ structure, /** @type {number} */ energy, /** @type {number} */ start) {
      const [counted] = await total.all(structure, energy);
      return envelope(await page.all(structure, energy, start), start, counted.total).length;
    },
    async join(/** @type {number} */ dataSet, /** @type {number} */ set) {
      const rows = await inSet.all(dataSet, set);
      const ids = [...new Set(rows.map((/** @type {{ structure_id: number }} */ row) => row.structure_id))];
      const found = await structures.all(JSON.stringify(ids));
      const byId = new Map(found.map((/** @type {{ id: number }} */ row) => [row.id, row]));
      for (const row of rows) row.structure = byId.get(row.structure_id) ?? null;
      return envelope(rows, 0, rows.length).length;
    },
    async scan() {
      let characters = 0;
      let text = "";
      for (const row of await all.iterate()) {
        text += `${text === "" ? "" : ","}${JSON.stringify(row)}`;
        if (text.length < 65_536) continue;
        characters += text.length;
        text = "";
        // A socket would have its turn here.
        await new Promise((resolve) => setImmediate(resolve));
      }
      return characters + text.length;
    },
    close() {
      connection.close();
      blocking.close();
    },
  };
}

function envelope(/** @type {unknown[]} */ rows, /** @type {number} */ start, /** @type {number} */ total) {
  return JSON.stringify({
    success: true,
    id: 0,
    start_row: start,
    num_rows: rows.length,
    total_rows: total,
    msg: rows,
  });
}
