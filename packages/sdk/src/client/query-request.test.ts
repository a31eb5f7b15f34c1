import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import type { Query } from "../rma/ast.ts";
import { rma } from "../rma/builder.ts";
import { MAX_URL_CHARACTERS, type QueryFormat, queryRequest } from "./query-request.ts";

const BASE = "http://atlas.test";

function geneNamed(name: string): Query {
  return rma("Gene").where("name", "eq", name).toQuery();
}

/** What a server understands of a request: the parameters of its URL, or of its body. */
function parametersOf(query: Query, filename?: string): URLSearchParams {
  const { url, body } = queryRequest(BASE, query, { filename });
  return body === undefined ? new URL(url).searchParams : new URLSearchParams(body);
}

test("queryRequest() writes a query into a URL", () => {
  const query = rma("Gene").where("acronym", "il", "abat").toQuery();
  expect(queryRequest(BASE, query)).toEqual({
    url: `${BASE}/api/v2/data/query.json?criteria=model::Gene,rma::criteria,%5Bacronym$il%27abat%27%5D`,
  });
});

test.each<[QueryFormat]>([["json"], ["xml"], ["csv"]])("queryRequest() asks for %s", (format) => {
  const { url } = queryRequest(BASE, geneNamed("a"), { format, filename: "a b.csv" });
  expect(url.slice(0, BASE.length + 24)).toContain(`/api/v2/data/query.${format}?`);
  expect(new URL(url).searchParams.get("filename")).toBe("a b.csv");
});

test("queryRequest() refuses a format that there is not", () => {
  expect(() => queryRequest(BASE, geneNamed("a"), { format: "html" as QueryFormat })).toThrow(
    'Cannot use format "html"; give one of json, xml, csv',
  );
});

test("queryRequest() encodes what a URL or a form would take for something else", () => {
  const { url } = queryRequest(BASE, geneNamed('a+b&c=d#e%20f g;h?i"ü()'));
  expect(url).toMatch(/^[\w:/.?=,$%*!~-]+$/);
  expect(url).toContain("a%2Bb%26c%3Dd%23e%2520f%20g%3Bh%3Fi%22%C3%BC%28%29");
  expect(new URL(url).href).toBe(url);
});

test("queryRequest() sends a query that is too long for a URL in the body of a POST that only reads", () => {
  const requestOf = (length: number) => queryRequest(BASE, geneNamed("a".repeat(length)), { format: "csv" });
  const longest = MAX_URL_CHARACTERS - requestOf(0).url.length;
  expect(requestOf(longest).url).toHaveLength(MAX_URL_CHARACTERS);
  const request = requestOf(longest + 1);
  expect(request).toMatchObject({
    url: `${BASE}/api/v2/data/query.csv`,
    method: "POST",
    idempotent: true,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: expect.stringMatching(/^criteria=model::Gene,rma::criteria,%5Bname\$eq%27a+%27%5D$/),
  });
});

test("queryRequest() is understood as it was meant, whatever the text", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 900 }).filter((value) => !value.includes("'"));
  checkProperty(
    fc.property(text, (value) => {
      const parameters = parametersOf(geneNamed(value), value);
      expect(parameters.get("criteria")).toBe(`model::Gene,rma::criteria,[name$eq'${value}']`);
      expect(parameters.get("filename")).toBe(value);
    }),
  );
});

test("queryRequest() refuses half of a surrogate pair", () => {
  expect(() => queryRequest(BASE, geneNamed("\ud800"))).toThrow(RangeError);
});

test("queryRequest() finds the passing failure of a service, in the answer to a query with one alone", () => {
  const answer = { method: "GET", url: BASE, status: 200, headers: new Headers(), history: [], attempts: 1 };
  const service = rma.service("mouse_agea");
  const { findFault } = queryRequest(BASE, rma.pipeline(service, rma("Gene")).toQuery());
  const faultOf = (body: string) => findFault?.({ ...answer, body: new TextEncoder().encode(body) });
  const failure = '{"success": false, "msg": "Informatics service request failed."}';
  expect(faultOf(failure)).toBe("the service says that its request failed");
  expect(faultOf('{"success":false,"msg":"unknown parameter"}')).toBeUndefined();
  expect(faultOf('{"success":true,"msg":["service request failed"]}')).toBeUndefined();
  expect(faultOf(failure + " ".repeat(5000))).toBeUndefined();
  expect(queryRequest(BASE, geneNamed("a")).findFault).toBeUndefined();
});
