import { expect, test } from "vitest";
import { chooseMediaType } from "./media-type.ts";

const CONTEXT = "http://iiif.io/api/image/3/context.json";

test.each([
  [null, "usual"],
  ["", "usual"],
  ["*/*", "usual"],
  ["application/*", "usual"],
  ["text/html,application/xhtml+xml,*/*;q=0.8", "usual"],
  ["text/html", "usual"],
  ["application/json, application/ld+json", "usual"],
  ["application/json", "plain"],
  ["APPLICATION/JSON ; charset=utf-8", "plain"],
  ["application/json, */*;q=0.1", "plain"],
  ["application/ld+json;q=0, */*", "plain"],
  ["application/ld+json", "linked"],
  [`application/ld+json;profile="${CONTEXT}"`, "linked"],
  ["application/ld+json;q=0.5, application/json;q=0.4", "linked"],
  [";;;,,q=", "usual"],
  [",".repeat(100_000), "usual"],
] as const)("chooseMediaType(%j)", (accept, chosen) => {
  for (const usual of ["linked", "plain"] as const) {
    const isLinked = (chosen === "usual" ? usual : chosen) === "linked";
    const type = isLinked ? `application/ld+json;profile="${CONTEXT}"` : "application/json";
    expect(chooseMediaType(accept, CONTEXT, usual)).toBe(type);
  }
});
