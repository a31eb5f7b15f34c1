import { expect, test } from "vitest";
import { thrownBy } from "../../../../tests/support/fault-server.ts";
import { ApiError, DecodeError } from "../errors.ts";
import { AtlasResponse } from "../http/response.ts";
import { readEnvelope, rowsOf } from "./envelope.ts";

function responseOf(body: string): AtlasResponse {
  const url = "http://atlas.test/api/v2/data/query.json?criteria=x";
  const received = { method: "GET", url, status: 200, headers: new Headers(), history: [], attempts: 1 };
  const tools = { decode: () => Promise.reject(new Error("unused")), writeFile: () => Promise.resolve() };
  return new AtlasResponse({ ...received, body: new TextEncoder().encode(body) }, tools);
}

test("readEnvelope() gives the content and the numbers", () => {
  const body = '{"success":true,"id":0,"start_row":4,"num_rows":1,"total_rows":9,"msg":[{"id":1}]}';
  expect(readEnvelope(responseOf(body))).toEqual({ msg: [{ id: 1 }], startRow: 4, numRows: 1, totalRows: 9 });
});

test.each(["-1", "1.5", "1e300", "null", '"5"', "[]"])("readEnvelope() takes the number %s for none", (number) => {
  const body = `{"success":true,"start_row":${number},"num_rows":${number},"total_rows":${number},"msg":[]}`;
  expect(readEnvelope(responseOf(body))).toEqual({ msg: [] });
});

test("readEnvelope() throws an ApiError with the server's words", () => {
  const error = thrownBy(() => readEnvelope(responseOf('{"success":false,"msg":"bad criteria"}')));
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ code: "ATLAS_API", serverMessage: "bad criteria", query: "?criteria=x" });
  expect(error).toHaveProperty(
    "message",
    'Cannot answer "?criteria=x": the server says "bad criteria"; correct the query',
  );
  expect(thrownBy(() => readEnvelope(responseOf('{"success":false}')))).toMatchObject({ serverMessage: "no reason" });
  const listed = thrownBy(() => readEnvelope(responseOf('{"success":false,"msg":["a"]}'), "model::Gene"));
  expect(listed).toMatchObject({ serverMessage: '["a"]', query: "model::Gene" });
});

test.each(["[]", "null", "5", '"success"', "{}", '{"success":"true"}', '{"success":1}'])(
  "readEnvelope() throws a DecodeError for %s",
  (body) => {
    const error = thrownBy(() => readEnvelope(responseOf(body)));
    expect(error).toBeInstanceOf(DecodeError);
    expect(error).toMatchObject({ at: "success", expected: "true or false" });
  },
);

test("readEnvelope() throws a DecodeError for what is not JSON", () => {
  expect(thrownBy(() => readEnvelope(responseOf("<html>")))).toMatchObject({ code: "ATLAS_DECODE", at: 0 });
});

test.each<[unknown, readonly unknown[]]>([
  [
    [{ id: 1 }, null],
    [{ id: 1 }, null],
  ],
  [[], []],
  [{}, []],
  [{ probes: [] }, [{ probes: [] }]],
])("rowsOf() reads %j", (msg, expected) => {
  expect(rowsOf(msg, "http://atlas.test")).toEqual(expected);
});

test.each(["words", 5, null, undefined, true])("rowsOf() throws a DecodeError for %j", (msg) => {
  expect(thrownBy(() => rowsOf(msg, "http://atlas.test"))).toMatchObject({ code: "ATLAS_DECODE", at: "msg" });
});
