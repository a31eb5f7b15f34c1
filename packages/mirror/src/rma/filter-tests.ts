import type { Filter } from "@brainatlas/sdk/rma";
import type { Column } from "../records/catalogue.ts";
import { isNumeric, type SqlValue } from "../records/values.ts";
import { MAX_PATTERN_CHARACTERS } from "./limits.ts";
import { groupOf, isNil, type Literal, textOf, toOperand } from "./operands.ts";
import { QueryError } from "./result.ts";
import type { Test } from "./scope.ts";

/** How a filter tests its column, and the value that it needs. */
export interface Tested {
  readonly test: Test;
  readonly value: SqlValue | undefined;
}

/**
 * The test that a filter means.
 *
 * @throws {QueryError} If the column cannot be tested so, or not with these values.
 */
export function testOf(filter: Filter, column: Column, operands: readonly Literal[]): Tested {
  const { operator } = filter;
  if (operator === undefined) return { test: "isNotNull", value: undefined };
  if (operator === "is")
    throw new QueryError(`Cannot use $is on ${column.name}: it binds a variable in a pipe; use $eq`);
  if (operator === "eq" || operator === "ne") return equalityOf(filter, column, operands);
  if (operator === "in") return listOf("in", column, operands);
  const [operand, second] = operands;
  if (operand === undefined || second !== undefined) {
    throw new QueryError(`Cannot compare ${column.name} with ${operands.length} values by $${operator}; give one`);
  }
  return operator === "li" || operator === "il"
    ? patternOf(operator, column, operand)
    : orderOf(operator, column, operand);
}

/**
 * Rows without a value are neither equal nor unequal to one, as in the service's own database. The grammar lets a list follow each
 * operator (reference §3.2), and what the service makes of one after `$eq` is unknown: any of it counts, as after `$in` and as the
 * connected services take it (§3.5); after `$ne` none of it.
 */
function equalityOf({ operator, values }: Filter, column: Column, operands: readonly Literal[]): Tested {
  const isEqual = operator === "eq";
  const [operand, second] = operands;
  const isList = operand === undefined || second !== undefined || values.some(({ kind }) => kind === "variable");
  if (isList || groupOf(column.type) === "opaque") {
    if (!isList && isNil(operand)) return { test: isEqual ? "isNull" : "isNotNull", value: undefined };
    return listOf(isEqual ? "in" : "notIn", column, operands);
  }
  if (isNil(operand)) return { test: isEqual ? "isNull" : "isNotNull", value: undefined };
  if (operand.kind === "string" && operand.value === "") {
    if (groupOf(column.type) !== "text") return { test: isEqual ? "isNull" : "isNotNull", value: undefined };
    return { test: isEqual ? "isBlank" : "isNotBlank", value: undefined };
  }
  return { test: isEqual ? "eq" : "ne", value: toOperand(operand, column) };
}

/** Lists are bound as one JSON text, so that the statement does not depend on their length. */
function listOf(test: "in" | "notIn", column: Column, operands: readonly Literal[]): Tested {
  if (operands.some(isNil)) {
    throw new QueryError(`Cannot look for nil in a list of ${column.name}; test for it in a filter of its own`);
  }
  const values = operands.map((operand) => toOperand(operand, column));
  return { test, value: JSON.stringify(groupOf(column.type) === "opaque" ? values.flatMap(jsonForms) : values) };
}

/**
 * What a value may be in a column of JSON: text, or the JSON itself. Numbers that the column held before it came to hold other
 * things stand in it as numbers.
 */
function jsonForms(value: SqlValue): readonly SqlValue[] {
  const forms = [JSON.stringify(value), value];
  return isNumeric(value) ? [...forms, Number(value)] : forms;
}

function orderOf(operator: "lt" | "gt" | "le" | "ge", column: Column, operand: Literal): Tested {
  const group = groupOf(column.type);
  if (group === "boolean" || group === "opaque") {
    throw new QueryError(
      `Cannot compare ${column.name} by $${operator}: values of type ${column.type} have no order; use $eq`,
    );
  }
  return { test: operator, value: toOperand(operand, column) };
}

/**
 * `$li` keeps to the case of letters and `$il` does not; `*` stands for any text, nothing else has a meaning. The case of letters
 * beyond ASCII counts in both, since the database knows no other.
 */
function patternOf(operator: "li" | "il", column: Column, operand: Literal): Tested {
  const text = String(toOperand(operand, { ...column, type: "string" }));
  if (groupOf(column.type) !== "text") {
    throw new QueryError(
      `Cannot compare ${column.name} by $${operator}: it holds values of type ${column.type}; use $eq`,
    );
  }
  if (text.length > MAX_PATTERN_CHARACTERS) {
    throw new QueryError(
      `Cannot compare ${column.name} with a pattern of ${text.length} characters: at most ${MAX_PATTERN_CHARACTERS}; give a part of it with * around`,
    );
  }
  if (operator === "il") return { test: "like", value: text.replace(/[%_\\]/g, "\\$&").replaceAll("*", "%") };
  return text.includes("*")
    ? { test: "glob", value: text.replace(/[?[]/g, "[$&]") }
    : { test: "eq", value: textOf(operand) };
}
