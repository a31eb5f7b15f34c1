import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { answerOf, rowOf, shapeOf, textOf, watch } from "../../../../tests/support/query-answers.ts";
import { describeRecorded, recording } from "../../../../tests/support/recordings.ts";
import { formatXml, formatXmlError } from "./format-xml.ts";
import { escapeAttribute, escapeXml, singularOf } from "./format-xml-text.ts";
import type { ResultRow } from "./result.ts";

describe("formatXml()", () => {
  test("writes root rows without types, nested ones with, to the byte", async () => {
    const files = shapeOf("WellKnownFile", "id:integer path");
    const specimen = shapeOf(
      "Specimen",
      "data:unknown id:integer is_ish:boolean name parent_id:integer tissue_ph:float",
      [{ name: "well_known_files", isMany: true, shape: files }],
    );
    const shape = shapeOf("SectionDataSet", "failed:boolean id:integer name qc_date:datetime section_thickness:float", [
      { name: "children", isMany: true, shape: files },
      { name: "plane_of_section", isMany: false, shape: files },
      { name: "specimen", isMany: false, shape: specimen },
    ]);
    const inner = rowOf("Specimen", [null, 3, 1, "a & b", null, 7], [[rowOf("WellKnownFile", [9, "/x"])]]);
    const rows = [rowOf("SectionDataSet", [0, 1, null, "2009-05-02T22:45:57Z", 25], [[], null, inner])];
    expect(
      await textOf(formatXml(answerOf(shape, rows, { totalRows: 19991 }))),
    ).toBe(`<Response success='true' start_row='0' num_rows='1' total_rows='19991'><section-data-sets>
  <section-data-set>
    <failed>false</failed>
    <id>1</id>
    <name nil="true"/>
    <qc-date>2009-05-02T22:45:57Z</qc-date>
    <section-thickness>25.0</section-thickness>
    <children/>
    <plane-of-section nil="true"/>
    <specimen>
      <data nil="true"/>
      <id type="integer">3</id>
      <is-ish type="boolean">true</is-ish>
      <name>a &amp; b</name>
      <parent-id type="integer" nil="true"/>
      <tissue-ph type="float">7.0</tissue-ph>
      <well-known-files type="array">
        <well-known-file>
          <id type="integer">9</id>
          <path>/x</path>
        </well-known-file>
      </well-known-files>
    </specimen>
  </section-data-set>
</section-data-sets>
</Response>`);
  });

  test("writes flat rows as hashes", async () => {
    const shape = shapeOf("Gene", "rna_in_array:float 1st:integer ok:boolean");
    const rows = [rowOf(undefined, [600, null, 1])];
    expect(
      await textOf(formatXml(answerOf(shape, rows, { isTabular: true }))),
    ).toBe(`<Response success='true' start_row='0' num_rows='1' total_rows='1'><hash>
  <rna-in-array>600</rna-in-array>
  <_1st nil="true"></_1st>
  <ok>true</ok>
</hash>
</Response>`);
  });

  test.each([
    [["NcbiGene", "NcbiGene"], "ncbi-genes", "ncbi-gene"],
    [["NcbiGene", "ManualGene"], "objects", "object"],
  ])("names the container of %j %s", async (classes, container, element) => {
    const rows = classes.map((name, index) => rowOf(name, [index]));
    const text = await textOf(
      formatXml(watch(shapeOf("Gene", "id:integer"), [rows.slice(0, 1), rows.slice(1)]).answer),
    );
    expect(text).toContain(`><${container}>\n  <${element}>\n    <id>0</id>\n  </${element}>\n  <${element}>`);
    expect(text).toContain(`</${container}>\n</Response>`);
  });

  test("names the container of no rows after the model", async () => {
    const start = "<Response success='true' start_row='0' num_rows='0' total_rows='0'>";
    expect(await textOf(formatXml(answerOf(shapeOf("Gene", "id"), [])))).toBe(`${start}<genes/>\n</Response>`);
    expect(await textOf(formatXml(answerOf(shapeOf("StructureGraph", "id"), [])))).toContain("<structure-graphs/>");
  });

  test("looks at no more rows than it must to name them, and closes the rows when it is closed", async () => {
    function* endless(): Generator<readonly ResultRow[]> {
      for (;;) yield Array.from({ length: 500 }, () => rowOf("NcbiGene", ["x".repeat(100)]));
    }
    const { answer, seen } = watch(shapeOf("Gene", "name"), endless());
    const pieces = formatXml(answer);
    expect((await pieces.next()).value).toContain("<ncbi-genes>");
    expect(seen.taken).toBe(10);
    await pieces.return();
    expect(seen.isClosed).toBe(true);
  });

  test("writes what is kept as JSON as text, and else as JSON", async () => {
    const rows = ['"a \\"b\\""', "[1,2]", "7"].map((value) => rowOf("Probe", [value]));
    const text = await textOf(formatXml(answerOf(shapeOf("Probe", "data:unknown"), rows)));
    expect([...text.matchAll(/<data>(.*)<\/data>/g)].map(([, value]) => value)).toEqual(['a "b"', "[1,2]", "7"]);
  });

  test("shows the query as an attribute", async () => {
    const text = await textOf(formatXml(answerOf(shapeOf("Gene", "id"), [], { debug: "model::Gene[name$eq'<']" })));
    expect(text).toContain(" debug='model::Gene[name$eq&#39;&lt;&#39;]'>");
  });
});

describe("escapeXml()", () => {
  test.each([
    ["plain, \"quoted\" and 'this'\n\t", "plain, \"quoted\" and 'this'\n\t"],
    ["a<b>&c", "a&lt;b&gt;&amp;c"],
    ["]]>", "]]&gt;"],
    ["médian 😀", "m&#233;dian &#128512;"],
    ["a\r\nb", "a&#13;\nb"],
    ["\u0000\u0008\u000b\u001f\ufffe\uffff", "&#65533;".repeat(6)],
    ["\ud800x\udc00", "&#65533;x&#65533;"],
    ["\u007f\u0085", "&#127;&#133;"],
  ])("writes %j as %j", (text, expected) => {
    expect(escapeXml(text)).toBe(expected);
  });
});

test("escapeXml() writes plain ASCII, from which the text is read again", () => {
  checkProperty(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const escaped = escapeXml(text);
      expect(escaped).toMatch(/^[\t\n\x20-\x7e]*$/);
      expect(escaped).not.toMatch(/[<>]|&(?!(?:amp|lt|gt|#\d+);)/);
      const read = escaped
        .replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&amp;", "&");
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML cannot hold
      expect(read).toBe(text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, "\ufffd"));
    }),
  );
});

test("escapeAttribute() leaves nothing that ends or changes an attribute", () => {
  expect(escapeAttribute("a'b\n\t<&")).toBe("a&#39;b&#10;&#9;&lt;&amp;");
});

test("formatXmlError() says it in an element", () => {
  expect(formatXmlError("Error in query: <a>")).toBe(
    "<Response success='false' start_row='0' num_rows='0' total_rows='0'><msg>Error in query: &lt;a&gt;</msg></Response>",
  );
});

test.each([
  ["well_known_files", "well_known_file"],
  ["gene_aliases", "gene_alias"],
  ["children", "child"],
  ["data_sets", "data_set"],
  ["child_structures", "child_structure"],
  ["genes", "gene"],
])("singularOf() gives of %s %s", (plural, singular) => {
  expect(singularOf(plural)).toBe(singular);
});

describeRecorded("recorded XML", () => {
  test("of flat rows is written again to the byte", async () => {
    const recorded = await readFile(recording("real/rma/microarray-slides.xml"), "utf8");
    const rows = recorded.split("<hash>").slice(1).map(columnsOf);
    const shape = shapeOf("MicroarraySlide", (rows[0] ?? []).map(([name]) => name.replaceAll("-", "_")).join(" "));
    const written = rows.map((row) =>
      rowOf(
        undefined,
        row.map(([, value]) => value),
      ),
    );
    expect(await textOf(formatXml(answerOf(shape, written, { isTabular: true })))).toBe(recorded);
  });

  test("of a data set has root and nested columns in the form written here", async () => {
    const recorded = await readFile(recording("recorded/grid_data_69289763_data_set.xml"), "utf8");
    const [, root = "", products = ""] =
      /<section-data-set>\n(.*?)( {2}<products>.*?<\/products>\n)/s.exec(recorded) ?? [];
    const columns = columnsOf(root);
    const inner = products.split("<product>").slice(1).map(columnsOf);
    const shape = shapeOf("SectionDataSet", columns.map(([name]) => name.replaceAll("-", "_")).join(" "), [
      { name: "products", isMany: true, shape: shapeOf("Product", (inner[0] ?? []).map(typedName).join(" ")) },
    ]);
    const nested = inner.map((row) =>
      rowOf(
        "Product",
        row.map(([, value]) => value),
      ),
    );
    const rows = [
      rowOf(
        "SectionDataSet",
        columns.map(([, value]) => value),
        [nested],
      ),
    ];
    const written = await textOf(formatXml(answerOf(shape, rows)));
    expect(written).toContain(
      `<section-data-set>\n${(root + products).replaceAll(/^/gm, "  ").trimEnd()}\n  </section-data-set>`,
    );
  });
});

/** Columns of a row as text, by their elements. */
function columnsOf(text: string): [name: string, value: string | null][] {
  return [...text.matchAll(/<([\w-]+)(?: type="\w+")?(?: nil="true")?(?:\/>|>([^<]*)<\/\1>)/g)].map(
    ([all, name = "", value]) => [name, all.includes('nil="true"') ? null : (value ?? "").replaceAll("&amp;", "&")],
  );
}

function typedName([name]: [string, unknown]): string {
  return `${name.replaceAll("-", "_")}:${/^id$|-facet$/.test(name) ? "integer" : "string"}`;
}
