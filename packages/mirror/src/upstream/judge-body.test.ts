import { describe, expect, test } from "vitest";
import { judgeWhole } from "./judge-body.ts";
import { endsWhole, hasEndMark, pictureKind } from "./judge-end.ts";
import type { ExpectedForm } from "./target.ts";
import { UpstreamError } from "./upstream-error.ts";

const latin = (text: string): Buffer => Buffer.from(text, "latin1");
const whole = (form: ExpectedForm, text: string): boolean => endsWhole(form, latin(text), latin(text));

describe("endsWhole()", () => {
  test.each([
    "<svg></svg>",
    "<svg/>",
    '<?xml version="1.0"?>\n<!-- made -->\n<svg width="1"><g/></svg >\n',
    '<!DOCTYPE svg PUBLIC "a" [\n<!ENTITY b "c">\n]>\n<svg></svg><!-- one --> <!-- two -->\n',
  ])("takes %j for whole", (text) => {
    expect(whole("svg", text)).toBe(true);
  });

  test.each([
    "<svg>",
    "<svg><g/>",
    "<svg><g></g>",
    "<svg><svg/>",
    "</svg>",
    "<svg></svgs>",
    "<svg></svg",
    "<svg></svg><!--",
  ])("takes %j for a part", (text) => {
    expect(whole("svg", text)).toBe(false);
  });

  test.each([
    ["xml", "<Response><a></a></Response>", true],
    ["xml", "<Response><a></a>", false],
    ["xml", "<a:b></a:b>", true],
    ["jpeg", "\u00ff\u00d8 \u00ff\u00d9", true],
    ["jpeg", "\u00ff\u00d8 \u00ff", false],
    ["jpeg", "\u0089PNG\r\n\u001a\n IEND\u00ae\u0042\u0060\u0082", true],
    ["jpeg", "\u0089PNG\r\n\u001a\n IDAT", false],
  ] as const)("judges %s %j", (form, text, expected) => {
    expect(whole(form, text)).toBe(expected);
  });

  test("spends little on comments without end", () => {
    for (const piece of ["<!---->", "<!-- -->", "-->", "<!--", " "]) {
      const text = `<svg>${piece.repeat(65_000 / piece.length)}`;
      expect(whole("svg", text)).toBe(false);
    }
    // Within the limit of time that each test has.
    expect(whole("svg", `<svg></svg>${"<!---->".repeat(300)}x`)).toBe(false);
  });
});

test("hasEndMark() knows what a cut-off body cannot look like", () => {
  const tiff = latin("II*\0");
  expect([pictureKind(tiff), hasEndMark("jpeg", tiff, true)]).toEqual(["tiff", false]);
  expect([hasEndMark("json", latin("{"), true), hasEndMark("json", latin("{"), false)]).toEqual([true, false]);
  expect([hasEndMark("csv", latin("a"), true), hasEndMark("any", latin("a"), true)]).toEqual([false, false]);
});

test("judgeWhole() refuses what is empty, and takes a file that only begins as JSON", () => {
  expect(() => judgeWhole("any", new Uint8Array(0), new Headers())).toThrow(UpstreamError);
  expect(judgeWhole("any", latin("{ no JSON"), new Headers())).toBe("data");
  expect(judgeWhole("any", latin('{"success": true}'), new Headers())).toBe("data");
});
