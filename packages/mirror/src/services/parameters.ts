import type { Filter, ServiceStage } from "@brainatlas/sdk/rma";
import { isServiceName, SERVICES, type ServiceEntry, type ServiceParameter } from "@brainatlas/sdk/services";
import { printNearNames, quote } from "../rma/near-names.ts";
import { QueryError } from "../rma/result.ts";
import { type ParameterValue, valuesOf } from "./parameter-values.ts";

/** The parameters of a service, checked by the table of services (reference §8.1). */
export interface Parameters {
  readonly service: ServiceEntry;
  /** All values of a parameter, none if it was not given and has no default. */
  all(name: string): readonly ParameterValue[];
  /** Numbers of a parameter that takes numbers alone. */
  numbers(name: string): readonly number[];
  /** The value of a parameter that takes one word or text. */
  text(name: string): string | undefined;
  flag(name: string): boolean;
  has(name: string): boolean;
}

/** Names that clients use for others: AllenSDK tests the one, and documents both (reference §8.1). */
const ALIASES: Readonly<Record<string, string>> = { structure: "structures", section_data_sets: "section_data_set" };

/**
 * Reads the parameters of a service.
 *
 * @throws {QueryError} If there is no such service, or a parameter is missing, unknown, given twice, or has a value that it does not take.
 */
export function readParameters({ service: name, filters }: ServiceStage): Parameters {
  if (!isServiceName(name)) {
    throw new QueryError(`Cannot find service ${quote(name)}${printNearNames(name, Object.keys(SERVICES))}`);
  }
  const service = SERVICES[name];
  const given = new Map<string, readonly ParameterValue[]>();
  for (const filter of filters) {
    const parameter = findParameter(service, filter);
    if (given.has(parameter.name)) throw new QueryError(`Cannot take ${parameter.name} twice; give it once, as a list`);
    given.set(parameter.name, valuesOf(filter, parameter));
  }
  for (const { name: each, isRequired, default: value } of service.parameters) {
    if (isRequired && value === undefined && !given.has(each)) {
      throw new QueryError(`Cannot run ${name} without ${each}; give [${each}$eq…]`);
    }
  }
  return accessTo(service, given);
}

function findParameter({ name, parameters }: ServiceEntry, { column }: Filter): ServiceParameter {
  const find = (wanted: string | undefined): ServiceParameter | undefined =>
    parameters.find((each) => each.name === wanted);
  const alias = Object.hasOwn(ALIASES, column) ? ALIASES[column] : undefined;
  const found = find(column) ?? find(alias);
  if (found !== undefined) return found;
  const names = parameters.map((each) => each.name);
  throw new QueryError(`Cannot find parameter ${quote(column)} of ${name}${printNearNames(column, names)}`);
}

function accessTo(service: ServiceEntry, given: ReadonlyMap<string, readonly ParameterValue[]>): Parameters {
  const all = (name: string): readonly ParameterValue[] => given.get(name) ?? defaultOf(service, name);
  return {
    service,
    all,
    numbers: (name) => all(name).filter((value) => typeof value === "number"),
    text(name) {
      const [value] = all(name);
      return value === undefined ? undefined : String(value);
    },
    flag: (name) => all(name)[0] === true,
    has: (name) => given.has(name),
  };
}

function defaultOf({ parameters }: ServiceEntry, name: string): readonly ParameterValue[] {
  const found = parameters.find((each) => each.name === name);
  if (found?.default === undefined) return [];
  return [found.type === "int" || found.type === "float" ? Number(found.default) : found.default];
}
