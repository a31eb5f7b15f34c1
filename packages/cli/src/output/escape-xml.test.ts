import { expect, test } from "vitest";
import { escapeXml } from "./escape-xml.ts";

test.each([
  ['a < b & "c" > d', "a &lt; b &amp; &quot;c&quot; &gt; d"],
  ["µm 海馬 🧠", "µm 海馬 🧠"],
  ["a\u0000\u001b\ud800b\uffff", "ab"],
])("escapeXml(%j) is %j", (text, escaped) => {
  expect(escapeXml(text)).toBe(escaped);
});
