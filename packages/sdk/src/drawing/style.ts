/** Presentation properties by name, in the order in which a document gives them. */
export type Style = ReadonlyMap<string, string>;

export const NO_STYLE: Style = new Map();

/**
 * Attributes that are no properties, and change nothing or are looked at where they do: those of the service and of editors, which have
 * a `_` or a prefix, and some of SVG.
 */
const NO_PROPERTY = /[_:]|^data-|^(?:id|order|class|style|d|width|height|version|baseProfile|xmlns)$/;
/** Values that are those of another element, or of none. */
const ELSEWHERE = "(?!.*:(?:inherit|initial|unset|revert|currentcolor))";
/** What is understood, or changes nothing but how a border is stroked. Else a region may be painted otherwise, or not at all. */
const UNDERSTOOD = new RegExp(
  `^${ELSEWHERE}(?:${[
    String.raw`(?:fill|stroke):(?:[a-z]{3,20}|#[\da-f]{3}|#[\da-f]{6}|rgb\((?:\s*[\d.]{1,6}%?\s*[,)]){3})`,
    String.raw`(?:fill-|stroke-)?opacity:1(?:\.0{1,6})?`,
    String.raw`stroke-(?:dasharray|dashoffset|linecap|linejoin|miterlimit|width):[\w.,% -]{1,40}`,
    "fill-rule:(?:nonzero|evenodd)",
    "shape-rendering:[a-z]{4,20}",
    "display:inline",
    "visibility:visible",
  ].join("|")})$`,
  "i",
);

/** Whether a property and its value are understood. */
export function isUnderstood(name: string, value: string): boolean {
  return UNDERSTOOD.test(`${name}:${value}`);
}

/** What an element itself says of its style: its attributes, then its `style`, each over the ones before. */
export function readStyle(attributes: Readonly<Record<string, string>>): Style {
  const given = Object.entries(attributes).filter(([name]) => !NO_PROPERTY.test(name));
  const declared = (attributes.style ?? "").split(";").flatMap((declaration) => {
    const colon = declaration.indexOf(":");
    const pair = [declaration.slice(0, colon).trim().toLowerCase(), declaration.slice(colon + 1).trim()] as const;
    return colon > 0 && pair.every((part) => part !== "") ? [pair] : [];
  });
  return new Map([...given, ...declared]);
}

/** Prints a style as the service does (reference §2.1). */
export function printStyle(style: Style): string {
  return [...style].map(([name, value]) => `${name}:${value}`).join(";");
}

/** A colour as the document has it; `undefined` for none. */
export function paintOf(style: Style, property: "fill" | "stroke"): string | undefined {
  const value = style.get(property) ?? (property === "fill" ? "black" : "none"); // What SVG has without one.
  return /^(?:none|transparent)$/i.test(value) ? undefined : value;
}
