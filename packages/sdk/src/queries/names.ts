/** Planes of section, by the names that the service gives them (reference §4.6). */
export const PLANES = [
  "coronal",
  "sagittal",
  "variable",
  "n/a",
  "transverse",
  "Lateral to Medial",
  "Medial to Lateral",
  "Ventral to Dorsal",
  "Dorsal to Ventral",
  "Coronal (Caudal to Rostral)",
  "Coronal (Rostral to Caudal)",
  "Tangential",
] as const;
export type PlaneName = (typeof PLANES)[number];

/** Ids of hemispheres. */
export const HEMISPHERES = { left: 1, right: 2, both: 3 } as const;
export type HemisphereName = keyof typeof HEMISPHERES;

/** Ids of organisms, by their common names. */
export const ORGANISMS = { human: 1, mouse: 2 } as const;
export type OrganismName = keyof typeof ORGANISMS;

/** The products of the mouse connectivity atlas. */
export const CONNECTIVITY_PRODUCTS = [5, 31] as const;

/** Calls of an annotator on intensity and density. */
export const CALLS = ["Undetected", "Low", "Medium", "High", "Cannot Annotate"] as const;
export type Call = (typeof CALLS)[number];

/** Calls of an annotator on the pattern of expression. */
export const PATTERNS = ["Undetected", "Full", "Regional", "Gradient", "Cannot Annotate"] as const;
export type Pattern = (typeof PATTERNS)[number];
