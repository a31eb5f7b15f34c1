import type { StagesQuery } from "@brainatlas/sdk/rma";
import { SERVICES, type ServiceEntry, type ServiceParameter, serviceQuery } from "@brainatlas/sdk/services";
import { asUsage, UsageError } from "./errors.ts";
import { nearest } from "./nearest.ts";

/**
 * The entry of a service.
 *
 * @throws {UsageError} If there is no such service.
 */
export function findService(name: string): ServiceEntry {
  const found = Object.values(SERVICES).find((each) => each.name === name);
  if (found !== undefined) return found;
  const meant = nearest(name, Object.keys(SERVICES));
  throw new UsageError(`Cannot find service "${name}"; "brainatlas service --list" lists them`, {
    hint: meant === undefined ? undefined : `did you mean ${meant}?`,
  });
}

/**
 * The query of a service with parameters as the command line has them, such as `seed_point=6900,5050,6450`.
 *
 * @throws {UsageError} If one is written in another way, comes twice, or is not what the service takes.
 */
export function readServiceQuery(entry: ServiceEntry, words: readonly string[]): StagesQuery<unknown> {
  const given = new Map<string, unknown>();
  for (const word of words) {
    const [, name, text] = /^(\w+)=(.*)$/s.exec(word) ?? [];
    if (name === undefined || text === undefined) {
      throw new UsageError(`Cannot use parameter "${word}"; give it as name=value, such as ${exampleOf(entry)}`);
    }
    if (given.has(name)) throw new UsageError(`Cannot use ${name} twice; put commas between its values`);
    const parameter = entry.parameters.find((each) => each.name === name);
    given.set(name, parameter === undefined ? text : readValues(text, parameter));
  }
  return asUsage(() => serviceQuery(entry.name, Object.fromEntries(given)));
}

/** The values of a text, of their types where they can be; the service's own check says what is wrong with the others. */
function readValues(text: string, parameter: ServiceParameter): unknown {
  if (!parameter.isList) return readValue(text, parameter);
  return text.split(",").map((each) => readValue(each.trim(), parameter));
}

function readValue(text: string, { type }: ServiceParameter): unknown {
  if (type === "bool") return text === "true" ? true : text === "false" ? false : text;
  const isNumber = type !== "str" && /^-?(?:\d+\.?\d*|\.\d+)$/.test(text);
  return isNumber ? Number(text) : text;
}

/** What a parameter takes, in words. */
export function describeType({ type, isList, length, words }: ServiceParameter): string {
  if (words !== undefined) return words.join(" | ");
  const single = { int: "number", float: "number", str: "text", bool: "true | false", key: "id or acronym" }[type];
  if (!isList) return single;
  return length === undefined ? `${single},…` : Array.from({ length }, () => single).join(",");
}

const EXAMPLE_VALUES = { int: "1", float: "0.5", str: "P56", bool: "true", key: "TH" } as const;

/** A parameter as it might be given. */
export function exampleOf({ parameters }: ServiceEntry): string {
  const [first] = parameters;
  if (first === undefined) return "name=value";
  const value = first.words?.[0] ?? EXAMPLE_VALUES[first.type];
  return `${first.name}=${Array.from({ length: first.length ?? 1 }, () => value).join(",")}`;
}
