import type { ModelQuery } from "../rma/builder-query.ts";
import type { Models } from "../rma/schema.generated.ts";
import type { ModelName } from "../rma/schema-types.ts";

/** The columns of a row of a model. */
export type ModelRow<Name extends ModelName> = Models[Name]["attributes"];

/** A query for rows of a model, and what is included with each. */
export type QueryOf<Name extends ModelName, Included = unknown> = ModelQuery<
  Models[Name],
  unknown extends Included ? ModelRow<Name> : ModelRow<Name> & Included
>;
