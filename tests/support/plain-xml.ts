const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/**
 * Rows of an answer in XML as text, by their columns' names; no value is `""`. For flat rows alone: those of tabular answers, and of
 * models without what they include.
 */
export function readRows(xml: string): Record<string, string>[] {
  // Each row is an element that holds leaves, and nothing else.
  const leaf = /<([\w-]+)[^<>]*(?:\/>|>([^<]*)<\/\1>)/g;
  const row = /<([\w-]+)>\s*((?:<([\w-]+)[^<>]*(?:\/>|>[^<]*<\/\3>)\s*)+)<\/\1>/g;
  return [...xml.matchAll(row)].map(([, , inner = ""]) =>
    Object.fromEntries(
      [...inner.matchAll(leaf)].map(([, name = "", text = ""]) => [name.replaceAll("-", "_"), plainText(text)]),
    ),
  );
}

function plainText(text: string): string {
  return text.replace(/&(#?)(\w+);/g, (_, isNumber: string, name: string) =>
    isNumber === "" ? (ENTITIES[name] ?? "") : String.fromCodePoint(Number(name)),
  );
}
