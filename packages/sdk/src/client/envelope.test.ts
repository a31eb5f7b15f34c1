import { expect, test } from "vitest";
import { thrownBy } from "../../../../tests/support/fault-server.ts";
import { ApiError, DecodeError } from "../errors.ts";
import { AtlasResponse } from "../http/response.ts";
import { readEnvelope } from "./envelope.ts";

function responseOf(body: string): AtlasResponse {
  const url = "http://atlas.test/api/v2/data/query.json?criteria=x";
  const received = { method: "GET", url, status: 200, headers: new Headers(), history: [], attempts: 1 };
  const tools = { decode: () => Promise.reject(new Error("unused")), writeFile: () => Promise.resolve() };
  return new AtlasResponse({ ...received, body: new TextEncoder().encode(body) }, tools);
}

test("readEnvelope() gives the content", () => {
  expect(readEnvelope(responseOf('{"success":true,"msg":[{"id":1}]}'))).toEqual([{ id: 1 }]);
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
