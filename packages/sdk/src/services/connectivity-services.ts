import type {
  ConnectivityCorrelationRow,
  InjectionCoordinateRow,
  InjectionStructureRow,
  TargetSpatialRow,
} from "./rows.ts";
import { type ServiceFunction, serviceFunction } from "./service-query.ts";

/**
 * Connectivity experiments by the structures of their injection, largest first (source search); with `targetDomain` those
 * that project there (target search). Structures are ids or acronyms, and `transgenicLines: 0` is wild type alone.
 *
 * It needs `injectionStructures` or `injectionDomain`.
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(mouseConnectivityInjectionStructure({ injectionDomain: "Isocortex", transgenicLines: 0 })) // → "service::mouse_connectivity_injection_structure[injection_domain$eq'Isocortex'][transgenic_lines$eq0]"
 */
export const mouseConnectivityInjectionStructure: ServiceFunction<
  "mouse_connectivity_injection_structure",
  InjectionStructureRow
> = /* @__PURE__ */ serviceFunction("mouse_connectivity_injection_structure");

/**
 * Connectivity experiments whose projection passes through a point, in µm of reference space, with a density of 0.1 or more;
 * each with the way from there to the injection.
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(mouseConnectivityTargetSpatial({ seedPoint: [6900, 5050, 6450] })) // → "service::mouse_connectivity_target_spatial[seed_point$eq6900,5050,6450]"
 */
export const mouseConnectivityTargetSpatial: ServiceFunction<"mouse_connectivity_target_spatial", TargetSpatialRow> =
  /* @__PURE__ */ serviceFunction("mouse_connectivity_target_spatial");

/**
 * Connectivity experiments by the distance of their injection from a point, in µm of reference space; nearest first.
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(mouseConnectivityInjectionCoordinate({ seedPoint: [6900, 5050, 6450], primaryStructureOnly: true })) // → "service::mouse_connectivity_injection_coordinate[seed_point$eq6900,5050,6450][primary_structure_only$eqtrue]"
 */
export const mouseConnectivityInjectionCoordinate: ServiceFunction<
  "mouse_connectivity_injection_coordinate",
  InjectionCoordinateRow
> = /* @__PURE__ */ serviceFunction("mouse_connectivity_injection_coordinate");

/**
 * Connectivity experiments by the correlation of their projection with that of one, over structures and hemisphere.
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(mouseConnectivityCorrelation({ row: 112670853, structures: "TH" })) // → "service::mouse_connectivity_correlation[row$eq112670853][structures$eq'TH']"
 */
export const mouseConnectivityCorrelation: ServiceFunction<
  "mouse_connectivity_correlation",
  ConnectivityCorrelationRow
> = /* @__PURE__ */ serviceFunction("mouse_connectivity_correlation");
