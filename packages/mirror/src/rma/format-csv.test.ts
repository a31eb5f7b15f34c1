import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerOf, rowOf, shapeOf, textOf } from "../../../../tests/support/query-answers.ts";
import { describeRecorded, recording } from "../../../../tests/support/recordings.ts";
import { formatCsv } from "./format-csv.ts";

describe("formatCsv()", () => {
  test("writes names and rows in the schema's order, without what is included", async () => {
    const probes = { name: "probes", isMany: true, shape: shapeOf("Probe", "id:integer") };
    const shape = { ...shapeOf("Gene", "acronym failed:boolean id:integer name", [probes]), schemaOrder: [2, 3, 0, 1] };
    const rows = [
      rowOf("NcbiGene", ["Abat", 0, 15, "4-aminobutyrate, transferase"], [[]]),
      rowOf("NcbiGene", [null, 1, 16, 'a "b"\nc'], [[]]),
      rowOf("NcbiGene", ["", null, 17, "5' domain"], [[]]),
    ];
    expect(await textOf(formatCsv(answerOf(shape, rows)))).toBe(
      'id,name,acronym,failed\n15,"4-aminobutyrate, transferase",Abat,f\n16,"a ""b""\nc",,t\n17,5\' domain,"",\n',
    );
  });

  test("writes flat rows as they were asked for, and no rows as a line of names", async () => {
    const shape = shapeOf("Gene", "b:float a:unknown");
    const facts = { isTabular: true };
    expect(
      await textOf(
        formatCsv(answerOf(shape, [rowOf(undefined, [27.69, "[1,2]"]), rowOf(undefined, [0, '"x"'])], facts)),
      ),
    ).toBe('b,a\n27.69,"[1,2]"\n0,x\n');
    expect(await textOf(formatCsv(answerOf(shape, [], facts)))).toBe("b,a\n");
  });
});

test("formatCsv() writes what is read again, field by field", async () => {
  const row = fc.tuple(fc.option(fc.string({ unit: "binary-ascii" })), fc.option(fc.string()));
  const rows = fc.sample(row, { seed: 7, numRuns: 2000 });
  const written = rows.map((values) => rowOf(undefined, values));
  const csv = await textOf(formatCsv(answerOf(shapeOf("Gene", "a b"), written, { isTabular: true })));
  const fields = [...csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(?:,|\n)/g)].map(([, quoted, bare]) =>
    quoted === undefined ? bare || null : quoted.replaceAll('""', '"'),
  );
  expect(fields).toEqual(["a", "b", ...rows.flat()]);
});

describeRecorded("recorded CSV", () => {
  test("is written again to the byte", async () => {
    const recorded = await readFile(recording("real/rma/microarray-slides.csv"), "utf8");
    const [header = "", ...lines] = recorded.trimEnd().split("\n");
    const rows = lines.map((line) => rowOf(undefined, splitLine(line)));
    const shape = shapeOf("MicroarraySlide", header.replaceAll(",", " "));
    expect(await textOf(formatCsv(answerOf(shape, rows, { isTabular: true })))).toBe(recorded);
  });
});

/** Fields of a line without quotes in quotes. */
function splitLine(line: string): (string | null)[] {
  return [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, bare]) => quoted ?? (bare || null));
}
