import { TEST_CARD_PATH } from "../sample/test-card.ts";

/** Which picture an IIIF identifier means. */
export type ImageName = RecordPicture | FilePicture;

/** A section's own picture: its box in the stored file. */
export interface RecordPicture {
  readonly kind: "record";
  /** SubImage id. */
  readonly id: number;
  readonly picture: "plain" | "annotation" | "expression" | "projection";
  /** Whose annotation is meant, where a plate is drawn for several atlases. */
  readonly atlas?: number | undefined;
}

/** A stored file, all of it. */
export interface FilePicture {
  readonly kind: "file";
  /** Server path, as the `path` columns have it. */
  readonly path: string;
}

/** The identifier that stands for the sample's test card. */
export const TEST_CARD_NAME = "test-card";

const MAX_LENGTH = 1000;
const RECORD = /^(\d{1,15})(?::(annotation|expression|projection)|:annotation:(\d{1,15}))?$/;

/**
 * Reads an identifier, decoded: an image id, one with the picture that is meant, or a server path. `undefined` for what is none.
 *
 * @example parseImageName("100883869:annotation:1") // → { kind: "record", id: 100883869, picture: "annotation", atlas: 1 }
 */
export function parseImageName(text: string): ImageName | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  if (text === TEST_CARD_NAME) return { kind: "file", path: TEST_CARD_PATH };
  if (text.startsWith("/")) return { kind: "file", path: text };
  const [match, id, picture, atlas] = RECORD.exec(text) ?? [];
  if (match === undefined || Number(id) < 1) return undefined;
  if (atlas !== undefined) return { kind: "record", id: Number(id), picture: "annotation", atlas: Number(atlas) };
  // One of the three words, by the expression.
  return { kind: "record", id: Number(id), picture: (picture ?? "plain") as RecordPicture["picture"] };
}

/**
 * The identifier of a picture as its URIs have it, percent-encoded: of all that are read as this picture the one.
 *
 * @example printImageName({ kind: "record", id: 7, picture: "annotation", atlas: 1 }) // → "7:annotation:1"
 */
export function printImageName(name: ImageName): string {
  if (name.kind === "file") return name.path === TEST_CARD_PATH ? TEST_CARD_NAME : encodeURIComponent(name.path);
  const { id, picture, atlas } = name;
  return [id, ...(picture === "plain" ? [] : [picture]), ...(atlas === undefined ? [] : [atlas])].join(":");
}
