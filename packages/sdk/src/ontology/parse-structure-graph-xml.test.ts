import { expect, test } from "vitest";
import { parseStructureGraphXml } from "./parse-structure-graph-xml.ts";

const UNDERSCORED = `<?xml version="1.0" encoding="UTF-8"?>
<structure_graph>
  <id type="integer">10</id><name>Human Brain Atlas</name>
  <ontolgy>Human Brain Atlas</ontolgy>
  <!-- one root -->
  <structure>
    <id type="integer">4005</id><atlas_id nil="true"/><acronym>Br</acronym><name>Brain</name>
    <red type="integer">160</red><green type="integer">5</green><blue type="integer">0</blue>
    <sibling_order type="integer">100</sibling_order><st_level type="integer">10</st_level>
    <children>
      <structure><id>9</id><acronym>a&amp;b</acronym><name>Caf&#233; &#x41; &lt;&quot;&apos;&gt;</name></structure>
      <structure><id>4</id><acronym></acronym><name/></structure>
    </children>
  </structure>
</structure_graph>
`;
const HYPHENATED = `<Response success="true" id="0">
  <structure>
    <id>997</id><atlas-id>-1</atlas-id><acronym>"root"</acronym><name>"the \\"root\\""</name>
    <color-hex-triplet>000000</color-hex-triplet><graph-order>7</graph-order><st-level></st-level>
    <parent-structure-id>null</parent-structure-id>
    <children></children>
  </structure>
</Response>`;

test("parseStructureGraphXml() reads underscored names and split colours, in the order of the document", () => {
  const tree = parseStructureGraphXml(UNDERSCORED);
  expect(tree.get(4005)).toEqual({
    id: 4005,
    atlas_id: null,
    ontology_id: null,
    acronym: "Br",
    name: "Brain",
    color_hex_triplet: "A00500",
    graph_order: 0,
    st_level: 10,
    hemisphere_id: null,
    parent_structure_id: null,
    sibling_order: 100,
  });
  expect(Array.from(tree, ({ id }) => id)).toEqual([4005, 9, 4]);
  expect(tree.get(9)).toMatchObject({ acronym: "a&b", name: "Café A <\"'>", parent_structure_id: 4005 });
  expect(tree.get(4)).toMatchObject({ acronym: "", name: "", color_hex_triplet: null });
});

test("parseStructureGraphXml() reads the hyphenated form of 2013", () => {
  expect(parseStructureGraphXml(HYPHENATED).root).toMatchObject({
    id: 997,
    atlas_id: -1,
    acronym: "root",
    name: 'the "root"',
    color_hex_triplet: "000000",
    graph_order: 7,
    st_level: null,
    parent_structure_id: null,
  });
});

test("parseStructureGraphXml() takes an element named __proto__ as a column", () => {
  const root = parseStructureGraphXml(
    "<structure><__proto__>x</__proto__><id>1</id><acronym>a</acronym><name>A</name></structure>",
  ).root;
  expect(Object.getPrototypeOf(root)).toBe(Object.prototype);
  expect(root?.id).toBe(1);
});

test("parseStructureGraphXml() reads 20,000 structures in each other", () => {
  const [depth, texts] = [20_000, "<acronym>a</acronym><name>A</name><children>"];
  const opening = Array.from({ length: depth }, (_, id) => `<structure><id>${id}</id>${texts}`).join("");
  const tree = parseStructureGraphXml(`<g>${opening}${"</children></structure>".repeat(depth)}</g>`);
  expect(tree.level(depth - 1)).toBe(depth - 1);
});

const wrap = (columns: string): string =>
  `<g><structure><id>1</id><acronym>a</acronym><name>A</name>${columns}</structure></g>`;

test.each<[string, string]>([
  ["nothing", ""],
  ["no structure", "<structure_graph/>"],
  ["a failure", '<Response success="false"><msg>no</msg></Response>'],
  ["text alone", "no XML"],
  ["text after the root", `${wrap("")}x`],
  ["two roots", `${wrap("")}<g/>`],
  ["an element that is not closed", "<g><structure>"],
  ["a closing tag of another element", "<g><structure></g></structure>"],
  ["a closing tag alone", "</g>"],
  ["a document type", `<!DOCTYPE g [<!ENTITY x "y">]>${wrap("")}`],
  ["an entity of its own", wrap("<safe_name>&x;</safe_name>")],
  ["an ampersand alone", wrap("<safe_name>a & b</safe_name>")],
  ["a character that does not exist", wrap("<safe_name>&#x110000;</safe_name>")],
  ["half a character", wrap("<safe_name>&#xD800;</safe_name>")],
  ["CDATA", wrap("<safe_name><![CDATA[x]]></safe_name>")],
  ["a processing instruction", wrap("<?php x?>")],
  ["an attribute without quotes", wrap("<safe_name a=b/>")],
  ["a column twice", wrap("<id>2</id>")],
  ["a number that is none", wrap("<st_level>1.5</st_level>")],
  ["a colour of one part", wrap("<red>1</red>")],
  ["a colour out of range", wrap("<red>1</red><green>256</green><blue>0</blue>")],
  ["text between columns", wrap("x")],
  ["an element in a column", wrap("<safe_name><b/></safe_name>")],
  ["something else among children", wrap("<children><b/></children>")],
  ["an id twice", wrap("<children><structure><id>1</id><acronym/><name/></structure></children>")],
  ["a structure without an id", "<structure><acronym/><name/></structure>"],
])("parseStructureGraphXml() refuses %s", (_, xml) => {
  expect(() => parseStructureGraphXml(xml)).toThrow(expect.objectContaining({ code: "ATLAS_DECODE" }));
});

test("parseStructureGraphXml() says where", () => {
  expect(() => parseStructureGraphXml("<g>&x;</g>")).toThrow('character 3 holds "&x;"');
  expect(() => parseStructureGraphXml(wrap("<id>2</id>"))).toThrow("structure number 1, id holds");
  const inner = "<children><structure><id>2</id><name/></structure></children>";
  expect(() => parseStructureGraphXml(wrap(inner))).toThrow("structure.children[0].acronym holds nothing");
});

test("parseStructureGraphXml() reads or refuses what is very long, and never runs out of stack", () => {
  const long = "x-".repeat(5_000_000);
  expect(parseStructureGraphXml(wrap(`<!--${long}--><safe_name>${long}</safe_name>`)).size).toBe(1);
  const many = wrap(`<safe_name${' a="b"'.repeat(1_000_000)}/>`);
  expect(() => parseStructureGraphXml(many)).toThrow(expect.objectContaining({ code: "ATLAS_DECODE" }));
});
