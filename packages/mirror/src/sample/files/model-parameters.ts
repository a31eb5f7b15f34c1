import type { SampleCell } from "../records/cell-table.ts";
import { rounded, unit } from "../records/random.ts";

const SECTIONS = ["soma", "axon", "dend", "apic"];
const SOMA_CHANNELS: readonly (readonly [name: string, mechanism: string, most: number])[] = [
  ["gbar_NaTs", "NaTs", 1.2],
  ["gbar_Kv3_1", "Kv3_1", 0.8],
  ["gbar_K_T", "K_T", 0.05],
  ["gbar_SK", "SK", 0.01],
  ["gbar_Ih", "Ih", 0.0005],
];

/**
 * Parameters of the model of a cell as JSON, made up. The names are those that public clients read; the reference does not have them.
 *
 * @example JSON.parse(modelParameters(CELLS[0])).passive.length // → 1
 */
export function modelParameters({ id }: SampleCell): string {
  const value = (index: number, most: number): number => rounded(most * unit(id, index, 391), 6);
  const channels = SOMA_CHANNELS.map(([name, mechanism, most], index) => ({
    section: "soma",
    name,
    value: String(value(index, most)),
    mechanism,
  }));
  const leaks = SECTIONS.map((section, index) => ({
    section,
    name: "g_pas",
    value: String(value(index + 20, 0.0005)),
    mechanism: "",
  }));
  const document = {
    note: "brainatlas sample atlas: synthetic, no fit of any cell",
    passive: [
      { ra: 80 + value(40, 60), cm: SECTIONS.map((section) => ({ section, cm: 1 + value(41, 2) })), e_pas: -80 },
    ],
    conditions: [{ celsius: 34, erev: [{ section: "soma", ena: 53, ek: -107 }], v_init: -80 }],
    genome: [...channels, ...leaks],
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
