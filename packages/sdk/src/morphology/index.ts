export {
  COMPARTMENTS,
  type CompartmentName,
  Morphology,
  type MorphologyColumns,
  type MorphologyMeasures,
} from "./morphology.ts";
export { type Marker, parseMarkers } from "./parse-markers.ts";
export { parseSwc } from "./parse-swc.ts";
export { printSwc } from "./print-swc.ts";
