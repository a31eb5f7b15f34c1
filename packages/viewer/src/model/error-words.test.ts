import { BrainAtlas } from "@brainatlas/sdk";
import { expect, test } from "vitest";
import { errorSentence, errorWords, failureKind } from "./error-words.ts";

/** What the client throws when the server answers so. */
async function errorOf(answer: () => Promise<Response>): Promise<unknown> {
  const api = new BrainAtlas({ baseUrl: "http://atlas.test:81", fetch: answer, retries: 0 });
  return await api.structureTree(1).then(
    () => undefined,
    (error: unknown) => error,
  );
}

test.each([
  ["no answer", async () => Promise.reject(new TypeError("Failed to fetch")), "no answer came from atlas.test:81"],
  ["a status", async () => new Response("", { status: 404 }), "the server answered with status 404"],
  ["a page", async () => new Response("<html>"), "the answer could not be read"],
])("errorWords() of %s has no address in it", async (_, answer, words) => {
  expect(errorWords(await errorOf(answer))).toBe(words);
});

test("errorWords() cuts what is long, and takes what is no error", () => {
  expect(errorWords(new Error("x".repeat(5000))).length).toBeLessThan(200);
  expect(errorWords("gone")).toBe("gone");
  expect(errorWords(undefined)).toBe("undefined");
});

test.each([
  ["unreachable", async () => Promise.reject(new TypeError("Failed to fetch"))],
  ["disordered", async () => new Response("", { status: 503 })],
  ["disordered", async () => new Response("", { status: 429 })],
  ["foreign", async () => new Response("", { status: 404 })],
  ["foreign", async () => new Response("<html>")],
] as const)("failureKind() says %s", async (kind, answer) => {
  expect(failureKind(await errorOf(answer))).toBe(kind);
});

test("errorSentence() begins with a capital", () => {
  expect(errorSentence(new Error("the server is gone"))).toBe("The server is gone");
  expect(errorSentence(new Error(""))).toBe("");
});
