import type { Filter, ModelStage, Operator, Term, Value } from "@brainatlas/sdk/rma";
import { type Cell, type Kind, MODELS, type Model, type Row, type World } from "./plain-worlds.ts";

// What a query joins and asks for, in the plainest way: all ways to give each place a row are listed, and tested.

export interface Place {
  readonly index: number;
  readonly name: string;
  readonly model: Model;
  readonly parent: Place | undefined;
  readonly filters: Filter[];
  isRequired: boolean;
  isIncluded: boolean;
}
export type Given = readonly (Row | null | undefined)[];
export interface Test {
  readonly places: readonly Place[];
  readonly holds: (given: Given) => boolean;
}

export function mergeTree({ model, criteria, include }: ModelStage): Place[] {
  const modelOf = (name: string): Model => MODELS[name] as Model;
  const root: Place = {
    index: 0,
    name: "",
    model: modelOf(model),
    parent: undefined,
    filters: [],
    isRequired: true,
    isIncluded: false,
  };
  const places = [root];
  const add = (terms: readonly Term[], at: Place, isIncluded: boolean): void => {
    for (const term of terms) {
      if (term.kind === "filters") at.filters.push(...term.filters);
      else {
        let place = places.find((each) => each.parent === at && each.name === term.name);
        if (place === undefined) {
          const target = modelOf(at.model.associations[term.name]?.model ?? "");
          place = {
            index: places.length,
            name: term.name,
            model: target,
            parent: at,
            filters: [],
            isRequired: false,
            isIncluded: false,
          };
          places.push(place);
        }
        if (isIncluded) place.isIncluded = true;
        else place.isRequired = true;
        place.filters.push(...term.filters);
        add(term.terms, place, isIncluded);
      }
    }
  };
  add(criteria, root, false);
  add(include, root, true);
  return places;
}

export function resolve(
  name: string,
  at: Place,
  places: readonly Place[],
): { place: Place; column: string; kind: Kind } | undefined {
  const [first = "", second] = name.split(".");
  const isNamed = (each: Place): boolean => each.model.table === first || each.name === first;
  const place = second === undefined || isNamed(at) ? at : places.find(isNamed);
  const kind = place?.model.columns[second ?? first];
  return place && kind && { place, column: second ?? first, kind };
}

export function testsOf(places: readonly Place[]): Test[] {
  return places.flatMap((at) => at.filters.map((filter) => testOf(filter, at, places)));
}

function testOf({ column, operator, values: operands }: Filter, at: Place, places: readonly Place[]): Test {
  const left = resolve(column, at, places);
  if (left === undefined) throw new Error("The test's own query is wrong");
  const cell = (given: Given): Cell => given[left.place.index]?.[left.column] ?? null;
  const [operand] = operands;
  if (operator === undefined || operand === undefined) {
    return { places: [left.place], holds: (given) => cell(given) !== null };
  }
  const plain = (value: Value): string =>
    value.kind === "string" ? value.value : value.kind === "variable" ? "" : value.text;
  const isNil = plain(operand) === "nil" || (operand.kind === "word" && operand.text === "null");
  if (isNil) return { places: [left.place], holds: (given) => (cell(given) === null) === (operator === "eq") };
  const isFlag = left.kind === "boolean" && !plain(operand).includes(".");
  const other =
    operand.kind === "word" && operator !== "in" && operator !== "li" && operator !== "il" && !isFlag
      ? resolve(operand.text, at, places)
      : undefined;
  if (other !== undefined && other.kind === left.kind) {
    return {
      places: [left.place, other.place],
      holds: (given) => compare(operator, cell(given), given[other.place.index]?.[other.column] ?? null),
    };
  }
  const read = (value: Value): Cell => {
    const written = plain(value);
    if (left.kind === "number") return Number(written);
    if (left.kind === "boolean") return written.startsWith("t") ? 1 : 0;
    return left.kind === "date" && written.length === 10 ? `${written}T00:00:00Z` : written;
  };
  if (operator === "in")
    return {
      places: [left.place],
      holds: (given) => operands.some((each) => cell(given) !== null && read(each) === cell(given)),
    };
  if (operator === "li" || operator === "il") {
    const expression = new RegExp(
      `^${plain(operand)
        .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")}$`,
      operator === "il" ? "i" : "",
    );
    return { places: [left.place], holds: (given) => cell(given) !== null && expression.test(String(cell(given))) };
  }
  if (
    left.kind === "text" &&
    plain(operand) === "" &&
    operand.kind === "string" &&
    (operator === "eq" || operator === "ne")
  ) {
    return { places: [left.place], holds: (given) => ((cell(given) ?? "") === "") === (operator === "eq") };
  }
  return { places: [left.place], holds: (given) => compare(operator, cell(given), read(operand)) };
}

function compare(operator: Operator, left: Cell, right: Cell): boolean {
  if (left === null || right === null) return false;
  const order = left === right ? 0 : left < right ? -1 : 1;
  return (
    { eq: order === 0, ne: order !== 0, lt: order < 0, gt: order > 0, le: order <= 0, ge: order >= 0 }[
      operator as string
    ] ?? false
  );
}

/** All ways to give rows to places, from one place down; one that is not required may have none. */
export function ways(world: World, from: Place, start: Row, places: readonly Place[], tests: readonly Test[]): Given[] {
  let found: Given[] = [Object.assign([], { [from.index]: start })];
  for (const place of places) {
    const { parent } = place;
    if (parent === undefined || place === from || !isWithin(place, from)) continue;
    found = found.flatMap((given) => {
      const above = given[parent.index];
      const rows = above ? (parent.model.associations[place.name]?.find(above, world) ?? []) : [];
      const choices: readonly (Row | null)[] = rows.length === 0 && !place.isRequired ? [null] : rows;
      return choices.map((row) => Object.assign([...given], { [place.index]: row }));
    });
  }
  const within = tests.filter((each) => each.places.every((place) => isWithin(place, from)));
  return found.filter((given) => within.every(({ holds }) => holds(given)));
}

function isWithin(place: Place, root: Place): boolean {
  for (let each: Place | undefined = place; each !== undefined; each = each.parent) if (each === root) return true;
  return false;
}
