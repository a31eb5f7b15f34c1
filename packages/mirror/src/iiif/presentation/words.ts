/** Context of the Presentation API 3.0, which is also its media type's profile. */
export const PRESENTATION_CONTEXT = "http://iiif.io/api/presentation/3/context.json";

/** A JSON-LD document. */
export interface LinkedDocument {
  readonly "@context": string;
  readonly [property: string]: unknown;
}

/** Texts by language, as labels and values have them. */
export interface Words {
  readonly [language: string]: readonly string[];
}

/** Text in English. */
export function english(text: string): Words {
  return { en: [text] };
}

/** A pair of label and value, for people. */
export function entry(label: string, value: string): { readonly label: Words; readonly value: Words } {
  return { label: english(label), value: english(value) };
}

/** A link in the HTML that values may have (§4.5). */
export function printLink(url: string): string {
  const text = url.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  return `<span><a href="${text}">${text}</a></span>`;
}
