const LINKED = "application/ld+json";
const PLAIN = "application/json";

/**
 * The media type of a JSON-LD document by what a client accepts (RFC 9110 §12.5.1): JSON-LD with its context as profile, or plain JSON.
 *
 * @param accept The header; `null` where there is none.
 * @param context URI of the document's context.
 * @param usual What is given where the client takes both alike. 2.1 of the Image API wants plain JSON, 3.0 JSON-LD.
 * @example chooseMediaType("application/json", "http://iiif.io/api/image/3/context.json", "linked") // → "application/json"
 */
export function chooseMediaType(accept: string | null, context: string, usual: "linked" | "plain"): string {
  const linked = weightOf(accept, LINKED);
  const plain = weightOf(accept, PLAIN);
  const isLinked = linked === plain ? usual === "linked" : linked > plain;
  return isLinked ? `${LINKED};profile="${context}"` : PLAIN;
}

/** How much a client wants a type, 0 to 1: by the range that names it best. */
function weightOf(accept: string | null, type: string): number {
  let [best, weight] = [0, 0];
  for (const range of (accept ?? "").slice(0, 2000).split(",")) {
    const [name = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    const rank = ["*/*", "application/*", type].indexOf(name) + 1;
    if (rank <= best) continue;
    best = rank;
    const given = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
    weight = given === undefined ? 1 : Number(given) || 0;
  }
  return weight;
}
