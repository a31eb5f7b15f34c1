import { expect } from "vitest";

export const PRESENTATION_CONTEXT = "http://iiif.io/api/presentation/3/context.json";

/** Anything that JSON can be; tests look into it by names. */
// biome-ignore lint/suspicious/noExplicitAny: documents are walked through by names that the specification gives.
export type Json = any;

/** Every object of a document with a type of its own. */
function* resources(value: Json): Generator<Json> {
  if (Array.isArray(value)) for (const item of value) yield* resources(item);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  if (typeof value.type === "string") yield value;
  for (const part of Object.values(value)) yield* resources(part);
}

const isWords = (words: Json): boolean =>
  Object.entries(words).every(
    ([language, texts]) =>
      /^(en|none)$/.test(language) &&
      Array.isArray(texts) &&
      texts.length > 0 &&
      texts.every((text) => typeof text === "string"),
  ) && Object.keys(words).length > 0;

/** Properties that are lists, however many values they have (§4.3). */
const LISTS = [
  "metadata",
  "provider",
  "thumbnail",
  "behavior",
  "homepage",
  "service",
  "seeAlso",
  "partOf",
  "items",
  "annotations",
];

/** What the specification asks of every document, beyond what single tests look at. */
export function checkDocument(document: Json): void {
  expect(Object.keys(document)[0]).toBe("@context");
  expect(document["@context"]).toBe(PRESENTATION_CONTEXT);
  const ids: string[] = [];
  for (const resource of resources(document)) {
    const { id, type } = resource;
    if (!["Choice", "SpecificResource", "TextualBody", "SvgSelector"].includes(type)) {
      expect(id).toMatch(/^https?:\/\/[^#\s]+$/);
    }
    if (["Canvas", "Annotation"].includes(type)) ids.push(id);
    if (type !== "AnnotationPage" || resource.items !== undefined) {
      if (resource.label !== undefined) expect(isWords(resource.label)).toBe(true);
    }
    for (const name of LISTS) if (name in resource) expect([name, Array.isArray(resource[name])]).toEqual([name, true]);
    for (const { label, value } of resource.metadata ?? [])
      expect([isWords(label), isWords(value)]).toEqual([true, true]);
    if (type === "Canvas") {
      expect(Number.isInteger(resource.width) && resource.width > 0 && Number.isInteger(resource.height)).toBe(true);
    }
    if (resource !== document && type !== "Service") expect(resource["@context"]).toBeUndefined();
    // A licence is of Creative Commons or RightsStatements.org (§3.1), and these terms are of neither.
    expect(resource.rights).toBeUndefined();
  }
  expect(new Set(ids).size).toBe(ids.length);
}
