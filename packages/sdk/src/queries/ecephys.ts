import { rma } from "../rma/builder.ts";
import type { ModelQuery } from "../rma/builder-query.ts";
import type { UntypedModel } from "../rma/schema-types.ts";
import type { ModelRow, QueryOf } from "./model-types.ts";
import type { TypedFile } from "./specimens.ts";
import { checkBoolean, idList, type OneOrMore, textList } from "./values.ts";

/** What comes with a session. */
export interface WithSession {
  specimen: (ModelRow<"Specimen"> & { donor: (ModelRow<"Donor"> & { age: ModelRow<"Age"> | null }) | null }) | null;
  well_known_files: TypedFile[];
}

/** Which sessions `sessions` gives; conditions add up. */
export interface SessionOptions {
  /** Id of the session. @default all */
  readonly ids?: OneOrMore<number> | undefined;
  /** Whether the eye was tracked. @default either */
  readonly eyeTracking?: boolean | undefined;
  /** Set of stimuli by its name, such as `brain_observatory_1.1`. @default any */
  readonly stimulus?: OneOrMore<string> | undefined;
}

/** What probes, channels, units and their metrics are chosen by; conditions add up. */
export interface EcephysOptions {
  /** Id of the record itself. @default all */
  readonly ids?: OneOrMore<number> | undefined;
  /** Id of the session. @default all */
  readonly sessionIds?: OneOrMore<number> | undefined;
  /** Id of the probe. @default all */
  readonly probeIds?: OneOrMore<number> | undefined;
  /** Id of the channel. @default all */
  readonly channelIds?: OneOrMore<number> | undefined;
}

/**
 * Recording sessions with Neuropixels probes, with their donors and files.
 *
 * @throws {RangeError} If a list is empty, or an id is no whole number above 0.
 * @example String(sessions({ ids: 779839471, eyeTracking: true })) // → "model::EcephysSession,rma::criteria,[id$in779839471][fail_eye_tracking$eqfalse],rma::include,specimen(donor(age)),well_known_files(well_known_file_type)"
 */
export function sessions({ ids, eyeTracking, stimulus }: SessionOptions = {}): QueryOf<"EcephysSession", WithSession> {
  let query = rma("EcephysSession");
  if (ids !== undefined) query = query.where("id", "in", idList("ids", ids));
  if (eyeTracking !== undefined)
    query = query.where("fail_eye_tracking", "eq", !checkBoolean("eyeTracking", eyeTracking));
  if (stimulus !== undefined) query = query.where("stimulus_name", "in", textList("stimulus", stimulus));
  return query
    .include("specimen", (specimen) => specimen.include("donor", (donor) => donor.include("age")))
    .include("well_known_files", (file) => file.include("well_known_file_type"));
}

/**
 * Probes.
 *
 * @throws {RangeError} If a list is empty, or an id is no whole number above 0.
 * @example String(probes({ sessionIds: 779839471 })) // → "model::EcephysProbe,rma::criteria,[ecephys_session_id$in779839471]"
 */
export function probes({ ids, sessionIds }: Pick<EcephysOptions, "ids" | "sessionIds"> = {}): QueryOf<"EcephysProbe"> {
  let query = rma("EcephysProbe");
  if (ids !== undefined) query = query.where("id", "in", idList("ids", ids));
  if (sessionIds !== undefined) query = query.where("ecephys_session_id", "in", idList("sessionIds", sessionIds));
  return query;
}

/**
 * Channels of probes, with the structures that they lie in; coordinates are µm of reference space.
 *
 * @throws {RangeError} If a list is empty, or an id is no whole number above 0.
 * @example String(channels({ probeIds: 792645497 })) // → "model::EcephysChannel,rma::criteria,[ecephys_probe_id$in792645497],rma::include,structure"
 */
export function channels(
  options: Omit<EcephysOptions, "channelIds"> = {},
): QueryOf<"EcephysChannel", { structure: ModelRow<"Structure"> | null }> {
  const { ids, probeIds, sessionIds } = options;
  let query = rma("EcephysChannel");
  if (ids !== undefined) query = query.where("id", "in", idList("ids", ids));
  if (probeIds !== undefined) query = query.where("ecephys_probe_id", "in", idList("probeIds", probeIds));
  if (sessionIds !== undefined) {
    const wanted = idList("sessionIds", sessionIds);
    query = query.via("ecephys_probe", (probe) => probe.where("ecephys_session_id", "in", wanted));
  }
  return query.include("structure");
}

/**
 * Sorted units. Little is known of their columns.
 *
 * @throws {RangeError} If a list is empty, or an id is no whole number above 0.
 * @example String(units({ sessionIds: 779839471 })) // → "model::EcephysUnit,rma::criteria,ecephys_channel(ecephys_probe(ecephys_session[id$in779839471]))"
 */
export function units({ ids, channelIds, probeIds, sessionIds }: EcephysOptions = {}): ModelQuery<UntypedModel> {
  let query = rma.untyped("EcephysUnit");
  if (ids !== undefined) query = query.where("id", "in", idList("ids", ids));
  if (channelIds !== undefined) query = query.where("ecephys_channel_id", "in", idList("channelIds", channelIds));
  if (probeIds !== undefined) {
    const wanted = idList("probeIds", probeIds);
    query = query.via("ecephys_channel", (channel) =>
      channel.via("ecephys_probe", (probe) => probe.where("id", "in", wanted)),
    );
  }
  if (sessionIds === undefined) return query;
  const wanted = idList("sessionIds", sessionIds);
  return query.via("ecephys_channel", (channel) =>
    channel.via("ecephys_probe", (probe) =>
      probe.via("ecephys_session", (session) => session.where("id", "in", wanted)),
    ),
  );
}

/**
 * Metrics of the units' responses to visual stimuli; the `data` of a row is text in JSON.
 *
 * @throws {RangeError} If a list is empty, or an id is no whole number above 0.
 * @example String(unitMetrics({ ids: 849710462 })) // → "model::EcephysUnitMetricBundle,rma::criteria,[ecephys_unit_id$in849710462]"
 */
export function unitMetrics({
  ids,
  sessionIds,
}: Pick<EcephysOptions, "ids" | "sessionIds"> = {}): ModelQuery<UntypedModel> {
  let query = rma.untyped("EcephysUnitMetricBundle");
  if (ids !== undefined) query = query.where("ecephys_unit_id", "in", idList("ids", ids));
  if (sessionIds === undefined) return query;
  const wanted = idList("sessionIds", sessionIds);
  return query.via("ecephys_unit", (unit) =>
    unit.via("ecephys_channel", (channel) =>
      channel.via("ecephys_probe", (probe) =>
        probe.via("ecephys_session", (session) => session.where("id", "in", wanted)),
      ),
    ),
  );
}
