/** What the model knows about one point; written into a caller's object so that inner loops allocate nothing. */
export interface Tissue {
  /** Structure id, 0 outside the brain. */
  id: number;
  /** Depth below the surface of a layered structure (cortex, olfactory bulb, cerebellum) in µm, else 0. */
  depthUm: number;
  /** Full thickness of the cortex here in µm; 0 where there is no cortex. */
  spanUm: number;
  /** Distance to the nearest packed cell layer of the hippocampus in µm; {@link FAR_UM} elsewhere. */
  bandUm: number;
  /** Distance to the nearest outer surface of the brain in µm, approximate. */
  edgeUm: number;
}

/** Stands for "no such layer near": larger than any distance in the brain. */
export const FAR_UM = 20000;

/**
 * Makes a blank tissue record.
 *
 * @returns A record that says "outside".
 * @example createTissue().id // → 0
 */
export function createTissue(): Tissue {
  return { id: 0, depthUm: 0, spanUm: 0, bandUm: FAR_UM, edgeUm: 0 };
}
