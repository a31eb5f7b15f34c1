/** Presentation properties by name, in the order in which a document gives them. */
export type Style = ReadonlyMap<string, string>;

export const NO_STYLE: Style = new Map();

/** Properties that an attribute of their name gives as well. */
const ATTRIBUTES: readonly string[] = ["stroke", "stroke-width", "fill", "fill-rule"];

/** The style of an element: what it inherits, then its attributes, then its `style`, each over the ones before. */
export function readStyle(attributes: Readonly<Record<string, string>>, inherited: Style): Style {
  const given = ATTRIBUTES.flatMap((name) =>
    attributes[name] === undefined ? [] : [[name, attributes[name]] as const],
  );
  const declared = (attributes.style ?? "").split(";").flatMap((declaration) => {
    const colon = declaration.indexOf(":");
    const pair = [declaration.slice(0, colon).trim().toLowerCase(), declaration.slice(colon + 1).trim()] as const;
    return colon > 0 && pair.every((part) => part !== "") ? [pair] : [];
  });
  return given.length + declared.length === 0 ? inherited : new Map([...inherited, ...given, ...declared]);
}

/** Prints a style as the service does (reference §2.1). */
export function printStyle(style: Style): string {
  return [...style].map(([name, value]) => `${name}:${value}`).join(";");
}

/** A colour as the document has it; `undefined` for none. */
export function paintOf(style: Style, property: "fill" | "stroke"): string | undefined {
  const value = style.get(property) ?? (property === "fill" ? "black" : "none"); // What SVG has without one.
  return value === "none" || value === "transparent" ? undefined : value;
}
