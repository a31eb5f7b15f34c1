const CONTEXT = "http://iiif.io/api/annex/services/physdim/1/context.json";
const PROFILE = "http://iiif.io/api/annex/services/physdim";
const UM_PER_MM = 1000;

/** How large a pixel is, in the form of the annex "Physical Dimensions": its edge in mm. */
export interface PhysicalScale {
  readonly "@context": typeof CONTEXT;
  readonly profile: typeof PROFILE;
  readonly physicalScale: number;
  readonly physicalUnits: "mm";
}

/**
 * The service that says how large a pixel is. The annex wants a context in it, though Presentation 3.0 would rather have none.
 *
 * @param pixelUm Edge of a pixel, in µm; `undefined` or no positive number where it is not known.
 * @example physicalScale(1.049)?.physicalScale // → 0.001049
 */
export function physicalScale(pixelUm: number | null | undefined): PhysicalScale | undefined {
  if (typeof pixelUm !== "number" || !(pixelUm > 0 && pixelUm < Infinity)) return undefined;
  // Through decimals, so that no digits come in by the division.
  const scale = Number((pixelUm / UM_PER_MM).toPrecision(12));
  return { "@context": CONTEXT, profile: PROFILE, physicalScale: scale, physicalUnits: "mm" };
}
