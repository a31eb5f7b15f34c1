/** A line of transgenic mice; the mouse that has it bears the same id in its own table. */
export type LineRow = readonly [id: number, name: string];

/** Lines by name: the names are public ones, the ids the sample's own. */
export const LINES: readonly LineRow[] = [
  [900_000_001, "Syt6-Cre_KI148"],
  [900_000_002, "Rbp4-Cre_KL100"],
  [900_000_003, "Cux2-IRES-Cre"],
  [900_000_004, "Pvalb-IRES-Cre"],
  [900_000_005, "Sst-IRES-Cre"],
  [900_000_006, "Emx1-IRES-Cre"],
];

/** A tracer experiment. */
export interface Tracing {
  readonly id: number;
  /** Acronyms of the injected structures, the primary one first. */
  readonly injected: readonly [primary: string, ...others: string[]];
  /** Name of one of {@link LINES}; absent for the wild type. */
  readonly line?: string;
  readonly sex: "F" | "M";
  readonly volumeMm3: number;
  /** Place in reference space 9, in µm; the middle of the primary structure when absent. */
  readonly placeUm?: readonly [x: number, y: number, z: number];
  /** Name of experiment and specimen where documentation has one. */
  readonly name?: string;
}

/** Ids of documentation first. What it does not say of them is made up. */
export const TRACINGS: readonly Tracing[] = [
  { id: 126862385, injected: ["VISp"], sex: "M", volumeMm3: 0.213 },
  { id: 100141599, injected: ["SSp", "SSs"], sex: "M", volumeMm3: 0.304 },
  {
    id: 122642490,
    injected: ["MOs", "MOp"],
    line: "Syt6-Cre_KI148",
    sex: "M",
    volumeMm3: 0.151071,
    placeUm: [4300, 2690, 7050],
    name: "Syt6-Cre-585",
  },
  { id: 180719293, injected: ["MOs"], sex: "M", volumeMm3: 1.047, placeUm: [5400, 1200, 7000] },
  { id: 112670853, injected: ["VPM"], sex: "M", volumeMm3: 0.118 },
  { id: 156198187, injected: ["CP"], sex: "F", volumeMm3: 0.162 },
  { id: 181777177, injected: ["SUB"], line: "Emx1-IRES-Cre", sex: "M", volumeMm3: 0.095 },
  { id: 920_000_001, injected: ["VISp"], line: "Rbp4-Cre_KL100", sex: "M", volumeMm3: 0.184 },
  { id: 920_000_002, injected: ["VISl", "VISp"], line: "Cux2-IRES-Cre", sex: "F", volumeMm3: 0.076 },
  { id: 920_000_003, injected: ["AUDp"], sex: "M", volumeMm3: 0.221 },
  { id: 920_000_004, injected: ["CA1"], line: "Pvalb-IRES-Cre", sex: "F", volumeMm3: 0.052 },
  { id: 920_000_005, injected: ["SCm", "SCs"], sex: "M", volumeMm3: 0.133 },
  { id: 920_000_006, injected: ["LHA"], line: "Sst-IRES-Cre", sex: "M", volumeMm3: 0.041 },
  { id: 920_000_007, injected: ["ACAd"], sex: "F", volumeMm3: 0.198 },
];
