import { expect, test } from "vitest";
import { expressionMatrix } from "./expression-matrix.ts";
import type { ExpressionAnswer } from "./rows.ts";

const sample = (id: number) => ({
  donor: { id: 15496, name: "H0351.1015" },
  sample: { well: id, polygon: 1, mri: [1, 2, 3] },
  structure: { id: 9148, name: "locus ceruleus", abbreviation: "LC" },
});
const probe = (id: number, levels: unknown, scores: unknown = levels) =>
  ({ id, name: `p${id}`, expression_level: levels, "z-score": scores }) as ExpressionAnswer["probes"][number];

test("expressionMatrix() reads levels and scores, row by row", () => {
  const answer = {
    probes: [probe(1, ["7.1", "6"], ["-0.3", "NaN"]), probe(2, ["1e1", "-2"])],
    samples: [sample(1), sample(2)],
  };
  const matrix = expressionMatrix(answer);
  expect([...matrix.levels]).toEqual([7.1, 6, 10, -2]);
  expect([...(matrix.zScores ?? [])]).toEqual([-0.3, Number.NaN, 10, -2]);
  expect(matrix.samples[1]?.sample.well).toBe(2);
  expect(matrix.probes[1]?.id).toBe(2);
});

test("expressionMatrix() has no scores where no probe has any, and may be empty", () => {
  const { "z-score": _, ...bare } = probe(1, ["7"]);
  expect(expressionMatrix({ probes: [bare], samples: [sample(1)] }).zScores).toBeUndefined();
  expect(expressionMatrix({ probes: [], samples: [] }).levels).toHaveLength(0);
});

test.each([
  ["nothing", undefined, "probes", "nothing"],
  ["no samples", { probes: [] }, "samples", "nothing"],
  ["rows", [], "probes", "nothing"],
  [
    "too few values",
    { probes: [probe(1, ["7"])], samples: [sample(1), sample(2)] },
    "probes[0].expression_level",
    "a list of 1",
  ],
  ["no list", { probes: [probe(1, "7.1")], samples: [sample(1)] }, "probes[0].expression_level", '"7.1"'],
  ["a word", { probes: [probe(1, ["high"])], samples: [sample(1)] }, "probes[0].expression_level[0]", '"high"'],
  ["an empty text", { probes: [probe(1, [""])], samples: [sample(1)] }, "probes[0].expression_level[0]", '""'],
  ["a hexadecimal", { probes: [probe(1, ["0x1"])], samples: [sample(1)] }, "probes[0].expression_level[0]", '"0x1"'],
  [
    "a number too large",
    { probes: [probe(1, ["1e999"])], samples: [sample(1)] },
    "probes[0].expression_level[0]",
    '"1e999"',
  ],
  ["null", { probes: [probe(1, ["1"], [null])], samples: [sample(1)] }, "probes[0].z-score[0]", "null"],
  ["no probe", { probes: [null], samples: [sample(1)] }, "probes[0].expression_level", "nothing"],
  [
    "scores of one probe alone",
    { probes: [probe(1, ["1"]), { ...probe(2, ["1"]), "z-score": undefined }], samples: [sample(1)] },
    "probes[1].z-score",
    "nothing",
  ],
])("expressionMatrix() refuses %s", (_, answer, at, found) => {
  expect(() => expressionMatrix(answer as unknown as ExpressionAnswer)).toThrow(
    expect.objectContaining({ code: "ATLAS_DECODE", at, message: expect.stringContaining(`holds ${found};`) }),
  );
});
