import { checkCount, show } from "../check.ts";
import { nearest } from "../queries/nearest.ts";
import type { Filter } from "../rma/ast.ts";
import { StagesQuery } from "../rma/builder-stages.ts";
import { readValue } from "../rma/builder-terms.ts";
import { checkValues } from "./check-values.ts";
import type { ParametersOf } from "./parameter-types.ts";
import {
  isServiceName,
  SERVICES,
  type ServiceEntry,
  type ServiceName,
  type ServiceParameter,
} from "./service-table.ts";

/** How a service is asked. */
export interface ServiceOptions {
  /** Bound on the rows of all pages together. @default none */
  readonly maxRows?: number | undefined;
}

/** Asks a connected service: what it gives is for `client.rows()`. */
export type ServiceFunction<Name extends ServiceName, Row> = (
  parameters: ParametersOf<Name>,
  options?: ServiceOptions,
) => StagesQuery<Row>;

/** How the caller spells the name of a parameter. */
type Spelling = (name: string) => string;

/**
 * A connected service by its name and its parameters, both as a query spells them; for what has a function of its own, such as
 * `mouseDifferential()`, that checks at compile time.
 *
 * @throws {RangeError} If there is no such service, a list has a wrong length, or a word is none of those allowed.
 * @throws {TypeError} If a parameter is unknown, missing, or of another type.
 * @example String(serviceQuery("mouse_correlation", { set: "mouse", row: 68918934 })) // → "service::mouse_correlation[set$eq'mouse'][row$eq68918934]"
 */
export function serviceQuery(
  name: string,
  parameters: Readonly<Record<string, unknown>>,
  options?: ServiceOptions,
): StagesQuery<unknown> {
  return createQuery(name, parameters, options, (each) => each);
}

/** Makes the function of a service; its parameters are ours in spelling, `seedPoint` for `seed_point`. */
export function serviceFunction<Name extends ServiceName, Row>(name: Name): ServiceFunction<Name, Row> {
  return (parameters, options) => createQuery<Row>(name, parameters, options, toCamelCase);
}

/**
 * A name as the functions spell it.
 *
 * @example toCamelCase("primary_structure_only") // → "primaryStructureOnly"
 */
export function toCamelCase(name: string): string {
  return name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/**
 * Numbers print bare and texts in quotes. One client found that `human_microarray_expression` failed for bare ids of probes, and
 * answered `'1051154'`; the documentation has them bare throughout, and services fail now and then at any query (reference §8.1).
 * Who needs the quotes has `rma.service()`, which checks nothing.
 */
function createQuery<Row>(
  name: string,
  parameters: Readonly<Record<string, unknown>>,
  { maxRows }: ServiceOptions = {},
  spell: Spelling,
): StagesQuery<Row> {
  const entry = entryOf(name);
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  const filters = given.map(([key, value]): Filter => {
    const parameter = findParameter(entry, key, spell);
    const values = checkValues(key, value, parameter);
    return { column: parameter.name, operator: "eq", values: values.map((each) => readValue(each, parameter.name)) };
  });
  checkComplete(
    entry,
    filters.map(({ column }) => column),
    spell,
  );
  const bound = maxRows === undefined ? undefined : checkCount("maxRows", maxRows, 0);
  return new StagesQuery({ stages: [{ kind: "service", service: name, filters }] }, bound);
}

function entryOf(name: string): ServiceEntry {
  if (isServiceName(name)) return SERVICES[name];
  const meant = nearest(name, Object.keys(SERVICES));
  throw new RangeError(
    `Cannot ask service ${show(name)}; give ${meant === undefined ? "one of SERVICES" : show(meant)}`,
  );
}

function findParameter({ name, parameters }: ServiceEntry, key: string, spell: Spelling): ServiceParameter {
  const found = parameters.find((each) => spell(each.name) === key);
  if (found !== undefined) return found;
  const names = parameters.map((each) => spell(each.name));
  const meant = nearest(key, names);
  throw new TypeError(
    `Cannot use parameter ${show(key)} of ${name}; give ${meant === undefined ? `some of: ${names.join(", ")}` : show(meant)}`,
  );
}

/** The source search takes the injection's structures or their domain (reference §8.1, example 71). */
const EITHER = ["injection_structures", "injection_domain"];

function checkComplete({ name, parameters }: ServiceEntry, given: readonly string[], spell: Spelling): void {
  const missing = parameters.find((each) => each.isRequired && !given.includes(each.name));
  if (missing !== undefined) {
    const words = missing.words === undefined ? "" : `: ${missing.words.join(", ")}`;
    throw new TypeError(`Cannot ask ${name} without ${spell(missing.name)}; give it${words}`);
  }
  if (name === "mouse_connectivity_injection_structure" && !EITHER.some((each) => given.includes(each))) {
    throw new TypeError(`Cannot ask ${name} without a structure; give ${EITHER.map(spell).join(" or ")}`);
  }
}
