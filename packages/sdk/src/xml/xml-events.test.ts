import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { xmlEvents } from "./xml-events.ts";
import { XmlSyntaxError } from "./xml-syntax-error.ts";

describe("xmlEvents()", () => {
  test("gives elements, attributes and texts in order", () => {
    expect([...xmlEvents(`<?xml version="1.0"?><a x='1' y="&lt;2&#65;"><b/>t &amp; u<!-- no --></a>`)]).toEqual([
      { kind: "open", name: "a", attributes: { x: "1", y: "<2A" } },
      { kind: "open", name: "b", attributes: {} },
      { kind: "close", name: "b" },
      { kind: "text", text: "t & u" },
      { kind: "close", name: "a" },
    ]);
  });

  test("takes an attribute of any name as one", () => {
    const [event] = xmlEvents(`<a __proto__="x" constructor="y"></a>`);
    expect(event).toMatchObject({ kind: "open" });
    expect(event?.kind === "open" && Object.keys(event.attributes)).toEqual(["__proto__", "constructor"]);
  });

  test.each([
    ["a document type", `<!DOCTYPE a [<!ENTITY b "c">]><a/>`, 0],
    ["an entity of its making", "<a>&b;</a>", 3],
    ["half of a surrogate pair", "<a>&#xD800;</a>", 3],
    ["CDATA", "<a><![CDATA[b]]></a>", 3],
    ["a processing instruction", "<a><?b c?></a>", 3],
    ["elements that close out of order", "<a><b></a></b>", 6],
    ["an element that does not close", "<a><b></b>", 10],
    ["two roots", "<a/><b/>", 4],
    ["text beside the root", "<a/>b", 4],
    ["nothing", "", 0],
  ])("refuses %s, and says where", (_, xml, offset) => {
    const read = (): unknown => [...xmlEvents(xml)];
    expect(read).toThrow(XmlSyntaxError);
    expect(read).toThrow(expect.objectContaining({ offset }));
  });

  test("refuses more elements in each other than it is told", () => {
    const nested = (depth: number): string => "<a>".repeat(depth) + "</a>".repeat(depth);
    expect([...xmlEvents(nested(5), { maxDepth: 5 })]).toHaveLength(10);
    expect(() => [...xmlEvents(nested(6), { maxDepth: 5 })]).toThrow("at most 5 elements in each other");
    expect([...xmlEvents(nested(20_000))]).toHaveLength(40_000);
  });

  test("throws nothing but its own error", () => {
    const piece = fc.constantFrom(
      "<",
      ">",
      "/",
      "a",
      " ",
      "=",
      '"',
      "'",
      "&",
      ";",
      "#x41",
      "<a>",
      "</a>",
      "<!--",
      "-->",
      "\u0000",
    );
    checkProperty(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        try {
          for (const event of xmlEvents(pieces.join(""))) void event;
        } catch (error) {
          expect(error).toBeInstanceOf(XmlSyntaxError);
        }
      }),
    );
  });
});
