import { expect, test } from "vitest";
import { formatService } from "./format-answer.ts";
import type { ServiceAnswer } from "./service-answer.ts";

const row = {
  id: 5,
  "gene-symbol": "a<b",
  line: "",
  isFine: true,
  "entrez-id": null,
  r: 0.5,
  "injection-coordinates": [5400, 1200.5],
  "injection-structures": [{ id: 1, name: null, colors: [] }],
  path: [{ coord: [1] }],
  empty: [],
  donor: { age: 4 },
};
const answer: ServiceAnswer = { startRow: 2, totalRows: 9, serviceRows: [row] };

test("formatService() writes JSON as the envelope of rows", () => {
  const text = formatService(answer, "json");
  expect(text).toMatch(
    /^\{"success": true, "id": 0, "start_row": 2, "num_rows": 1, "total_rows": 9, "msg": \[\{"id":5,/,
  );
  expect(JSON.parse(text).msg).toEqual([row]);
});

test("formatService() writes XML with types in what lies within a row", () => {
  expect(
    formatService(answer, "xml"),
  ).toBe(`<Response success='true' start_row='2' num_rows='1' total_rows='9'><objects>
  <object>
    <id>5</id>
    <gene-symbol>a&lt;b</gene-symbol>
    <line></line>
    <isFine>true</isFine>
    <entrez-id nil="true"/>
    <r>0.5</r>
    <injection-coordinates>
      <injection-coordinate type="integer">5400</injection-coordinate>
      <injection-coordinate type="float">1200.5</injection-coordinate>
    </injection-coordinates>
    <injection-structures>
      <injection-structure>
        <id type="integer">1</id>
        <name nil="true"/>
        <colors type="array"/>
      </injection-structure>
    </injection-structures>
    <path>
      <path>
        <coord type="array">
          <coord type="integer">1</coord>
        </coord>
      </path>
    </path>
    <empty/>
    <donor>
      <age type="integer">4</age>
    </donor>
  </object>
</objects>
</Response>`);
});

test("formatService() writes no rows as an object without names, and without a total", () => {
  const none: ServiceAnswer = { startRow: 0, totalRows: 0, serviceRows: [] };
  expect(JSON.parse(formatService(none, "json"))).toEqual({ success: true, id: 0, start_row: 0, num_rows: 0, msg: {} });
  expect(formatService(none, "xml")).toBe(
    "<Response success='true' start_row='0' num_rows='0'><objects/>\n</Response>",
  );
});

test("formatService() has no CSV", () => {
  expect(() => formatService(answer, "csv")).toThrow("Cannot write the answer of a service as CSV");
});
