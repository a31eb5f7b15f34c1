import type { Query } from "@brainatlas/sdk/rma";

/** What each search for tracer experiments adds to its rows; the source search does so for a target alone. */
const OWN: Readonly<Record<string, string>> = {
  mouse_connectivity_injection_structure: "volume",
  mouse_connectivity_target_spatial: "density",
  mouse_connectivity_injection_coordinate: "distance",
  mouse_connectivity_correlation: "correlation",
};

/** Columns of a search for tracer experiments; `undefined` for another service, of whose rows all are shown. */
export function connectivityColumns({ stages }: Query): readonly string[] | undefined {
  const last = stages.at(-1);
  const own = last?.kind === "service" ? OWN[last.service] : undefined;
  if (last?.kind !== "service" || own === undefined) return undefined;
  const isShown = own !== "volume" || last.filters.some(({ column }) => column === "target_domain");
  return [
    "id",
    "structure-abbrev",
    ...(isShown ? [own] : []),
    "injection-volume",
    "injection-coordinates",
    "transgenic-line",
    "name",
  ];
}
