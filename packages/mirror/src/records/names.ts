// Names of models, tables and XML elements made of each other, as the service's own framework does.

/**
 * @example snakeCase("SectionDataSet") // → "section_data_set"
 */
export function snakeCase(model: string): string {
  return model.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
}

/** Plurals that follow no rule, by the last word. */
const IRREGULAR: Readonly<Record<string, string>> = { mouse: "mice", genome_locus: "genome_locuses" };

/**
 * Plural of a snake_case name.
 *
 * @example pluralOf("gene_alias") // → "gene_aliases"
 */
export function pluralOf(name: string): string {
  const [, before = "", last = name] = /^(.*_)?([^_]+)$/.exec(name) ?? [];
  return before + (IRREGULAR[last] ?? regularPlural(last));
}

function regularPlural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  if (/(?:s|x|z|ch|sh)$/.test(word)) return `${word}es`;
  return `${word}s`;
}

/** Name of an XML element, from that of a column, table or association (reference §3.7). */
export function dashed(name: string): string {
  return name.replaceAll("_", "-");
}
