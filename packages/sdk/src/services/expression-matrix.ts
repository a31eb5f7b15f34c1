import { show } from "../check.ts";
import { DecodeError } from "../errors.ts";
import { isNumber } from "../rma/lexis.ts";
import type { ExpressionAnswer, ExpressionProbe, ExpressionSample } from "./rows.ts";

/** Expression by probe and sample. */
export interface ExpressionMatrix {
  /** Its rows. */
  readonly probes: readonly ExpressionProbe[];
  /** Its columns. */
  readonly samples: readonly ExpressionSample[];
  /** Expression level, row by row: that of a probe in a sample is at `probe * samples.length + sample`. */
  readonly levels: Float64Array;
  /** Z-scores in the same order; `undefined` if no probe has any. */
  readonly zScores: Float64Array | undefined;
}

/**
 * The values of an expression service as numbers; the service writes them as text.
 *
 * @throws {DecodeError} If the answer has no probes or samples, a probe has not one value for each sample, or one is no number.
 * @example expressionMatrix({ probes: [{ id: 1, name: "A", expression_level: ["7.1", "6.5"] }], samples: [{}, {}] }).levels // → Float64Array.of(7.1, 6.5)
 */
export function expressionMatrix(answer: ExpressionAnswer): ExpressionMatrix {
  const { probes, samples } = checkAnswer(answer);
  const levels = readValues(probes, samples.length, "expression_level");
  const hasScores = probes.some((probe) => probe["z-score"] !== undefined);
  return { probes, samples, levels, zScores: hasScores ? readValues(probes, samples.length, "z-score") : undefined };
}

function checkAnswer(answer: unknown): ExpressionAnswer {
  const { probes, samples } = (typeof answer === "object" && answer !== null ? answer : {}) as Record<string, unknown>;
  for (const [at, value] of [
    ["probes", probes],
    ["samples", samples],
  ] as const) {
    if (!Array.isArray(value)) throw refusal(at, "a list", value);
  }
  return answer as ExpressionAnswer; // Each value is checked as it is read.
}

function readValues(
  probes: readonly ExpressionProbe[],
  width: number,
  field: "expression_level" | "z-score",
): Float64Array {
  // Lengths first: what is allocated is no more than what came.
  for (const [index, probe] of probes.entries()) {
    const given: unknown = probe?.[field];
    if (!Array.isArray(given) || given.length !== width) {
      throw refusal(`probes[${index}].${field}`, `a list of ${width} values`, given);
    }
  }
  const values = new Float64Array(probes.length * width);
  for (const [row, probe] of probes.entries()) {
    for (const [column, value] of (probe[field] ?? []).entries()) {
      values[row * width + column] = readNumber(value, `probes[${row}].${field}[${column}]`);
    }
  }
  return values;
}

/** `NaN` stands for a score that cannot be: that of values which do not differ. */
function readNumber(value: unknown, at: string): number {
  const number = typeof value === "string" && (isNumber(value) || value === "NaN") ? Number(value) : value;
  if (typeof number === "number" && (Number.isFinite(number) || value === "NaN")) return number;
  throw refusal(at, "a number", value);
}

function refusal(at: string, expected: string, value: unknown): DecodeError {
  const found = Array.isArray(value) ? `a list of ${value.length}` : value === undefined ? "nothing" : show(value);
  return new DecodeError("the expression", { at, expected, found });
}
