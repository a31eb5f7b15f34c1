import type { ModelRow } from "../../records/model-row.ts";
import { HUMAN_GENE_ID } from "./genes.ts";
import { record, stubs } from "./record.ts";
import { HUMAN, PRODUCT } from "./taxonomy.ts";

/** What the examples of documentation look up before they ask for human expression: a donor and two probes. */
export function* humanRecords(): Generator<ModelRow> {
  const products = stubs(PRODUCT.humanMicroarray);
  yield record("Donor", { id: 15496, name: "H0351.1015", organism_id: HUMAN, products, transgenic_lines: [] });
  for (const id of [1023146, 1023147]) {
    const name = `Sample probe ${id} (synthetic)`;
    yield record("Probe", { id, name, gene_id: HUMAN_GENE_ID, probe_type: "DNA", products });
  }
}
