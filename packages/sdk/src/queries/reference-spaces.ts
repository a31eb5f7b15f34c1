import { rma } from "../rma/builder.ts";
import type { QueryOf } from "./model-types.ts";
import { idList, type OneOrMore } from "./values.ts";
import { explainedIds } from "./why-empty.ts";

/** Which transforms `transforms` gives. */
export interface TransformOptions {
  /** Id of the reference space that points come from. @default any */
  readonly fromId?: OneOrMore<number> | undefined;
  /** Id of the reference space that points go to. @default any */
  readonly toId?: OneOrMore<number> | undefined;
}

/**
 * All reference spaces.
 *
 * @example String(all()) // → "model::ReferenceSpace"
 */
export function all(): QueryOf<"ReferenceSpace"> {
  return rma("ReferenceSpace");
}

/**
 * Reference spaces by their ids: 9 for coronal data of the adult mouse, 10 for its sagittal data, left and right exchanged.
 *
 * @throws {RangeError} If there is no id, or one that is no whole number above 0.
 * @example String(byId([9, 10])) // → "model::ReferenceSpace,rma::criteria,[id$in9,10]"
 */
export function byId(ids: OneOrMore<number>): QueryOf<"ReferenceSpace"> {
  const wanted = idList("ids", ids);
  const query = all().where("id", "in", wanted);
  return explainedIds("reference space", wanted, query, "referenceSpaces.all() lists what there is");
}

/**
 * Affine transforms from one reference space to another, in µm.
 *
 * @throws {RangeError} If an id is no whole number above 0.
 * @example String(transforms({ fromId: 10, toId: 9 })) // → "model::ReferenceToReferenceTransform,rma::criteria,[from_reference_space_id$in10][to_reference_space_id$in9]"
 */
export function transforms({ fromId, toId }: TransformOptions = {}): QueryOf<"ReferenceToReferenceTransform"> {
  let query = rma("ReferenceToReferenceTransform");
  if (fromId !== undefined) query = query.where("from_reference_space_id", "in", idList("fromId", fromId));
  if (toId !== undefined) query = query.where("to_reference_space_id", "in", idList("toId", toId));
  return query;
}
