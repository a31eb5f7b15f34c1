import type { Credit } from "../credit.ts";
import { type Plate, printCanvas, printThumbnail, type Site, urisOf } from "./canvas.ts";
import { type Atlas, nameOfAtlas } from "./read-atlases.ts";
import { english, entry, type LinkedDocument, PRESENTATION_CONTEXT, printLink } from "./words.ts";

/** An atlas in a collection. */
export interface ListedAtlas {
  readonly atlas: Atlas;
  /** A plate to show for it. */
  readonly plate: Plate;
}

/**
 * The manifest of an atlas (Presentation 3.0 §5.2): a canvas a plate.
 *
 * The institute's terms are no licence that `rights` may name (§3.1), so they are among what is to be shown.
 *
 * @param plates In the order of sections; at least one, as a manifest must have a canvas.
 */
export function printManifest(site: Site, atlas: Atlas, plates: readonly Plate[], credit: Credit): LinkedDocument {
  const uris = urisOf(site);
  const middle = plates[plates.length >> 1];
  return {
    "@context": PRESENTATION_CONTEXT,
    id: uris.manifest,
    type: "Manifest",
    label: english(nameOfAtlas(atlas)),
    summary: english(`Plates of the atlas "${nameOfAtlas(atlas)}" in the order of sections: ${plates.length}`),
    metadata: [entry("Atlas id", String(atlas.id)), entry("Plates", String(plates.length)), ...termsOf(credit)],
    ...printCredit(credit),
    thumbnail: middle === undefined ? [] : printThumbnail(site, middle),
    behavior: ["individuals"],
    partOf: [{ id: uris.collection, type: "Collection" }],
    seeAlso: [
      {
        id: `${site.origin}/api/v2/data/Atlas/${atlas.id}.json`,
        type: "Dataset",
        label: english("Record of the atlas"),
        format: "application/json",
      },
    ],
    items: plates.map((plate) => printCanvas(site, plate)),
  };
}

/** The collection of all atlases (Presentation 3.0 §5.1). */
export function printCollection(
  { origin, maxPixels }: Omit<Site, "atlasId">,
  listed: readonly ListedAtlas[],
  credit: Credit,
): LinkedDocument {
  return {
    "@context": PRESENTATION_CONTEXT,
    id: urisOf({ origin, atlasId: 0 }).collection,
    type: "Collection",
    label: english("Atlases of this mirror"),
    summary: english("The atlases of which this mirror holds plates"),
    metadata: [entry("Atlases", String(listed.length)), ...termsOf(credit)],
    ...printCredit(credit),
    items: listed.map(({ atlas, plate }) => {
      const site = { origin, maxPixels, atlasId: atlas.id };
      const thumbnail = printThumbnail(site, plate);
      return { id: urisOf(site).manifest, type: "Manifest", label: english(nameOfAtlas(atlas)), thumbnail };
    }),
  };
}

function termsOf({ terms }: Credit): object[] {
  return terms === undefined ? [] : [entry("Terms of use", printLink(terms))];
}

function printCredit({ text, name, homepage }: Credit): object {
  const label = english(name);
  return {
    requiredStatement: entry("Attribution", text),
    // An agent is named by a URI.
    ...(homepage !== undefined && {
      provider: [
        { id: homepage, type: "Agent", label, homepage: [{ id: homepage, type: "Text", label, format: "text/html" }] },
      ],
    }),
  };
}
