/** Whom a picture comes from, in words that are to be shown with it. */
export interface Credit {
  readonly text: string;
  /** Who made it, and where that is to be read. */
  readonly name: string;
  readonly homepage: string | undefined;
  readonly terms: string | undefined;
}

const INSTITUTE: Credit = {
  text: "Allen Institute for Brain Science, under its Terms of Use: https://alleninstitute.org/legal/terms-use/",
  name: "Allen Institute for Brain Science",
  homepage: "https://alleninstitute.org/",
  terms: "https://alleninstitute.org/legal/terms-use/",
};

const SAMPLE: Credit = {
  text: "Synthetic: computed by the brainatlas sample, no picture of a brain, nothing measured",
  name: "The synthetic sample of brainatlas",
  homepage: undefined,
  terms: undefined,
};

/** The credit of what a store holds. */
export function creditOf({ synthetic }: { readonly synthetic?: boolean | undefined }): Credit {
  return synthetic === true ? SAMPLE : INSTITUTE;
}
