import { TILE_PX, type TierWindow } from "@brainatlas/sdk/image";
import type { PictureSource } from "../engine/picture-source.ts";
import type { TileReader } from "../engine/stored-tile.ts";
import type { Picture } from "../pixels/picture.ts";
import { pictureHeaders, pictureTag } from "./picture-headers.ts";
import { PATH_HEADER, SOURCE_HEADER } from "./refuse.ts";
import { readTileAddress } from "./tile-address.ts";

/** How a picture is named in URLs, and where its origin lies in the stored file, in full-resolution pixels. */
export interface PictureAddress {
  readonly name: string;
  readonly left: number;
  readonly top: number;
  /** Headers that its tiles have beside those of every picture, by the path and query that they are asked for with. */
  readonly headersOf?: ((target: string) => Readonly<Record<string, string>>) | undefined;
}

/** A stored tile as an answer. */
export interface TileAnswer {
  readonly headers: Record<string, string>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/**
 * Answers requests for single stored tiles at once: a viewer asks for hundreds, and reading one takes less than the way through the router.
 * It knows the pictures of which the routes gave a tile a moment ago.
 */
export interface TileDesk {
  /** Takes note of a picture that the store holds now. */
  know(address: PictureAddress, picture: Picture, source: PictureSource): void;
  /**
   * The tile that a path and query ask for; `undefined` for whatever else they ask for, which the routes are to answer.
   *
   * @throws {DamagedError} If the file is damaged.
   */
  answer(target: string): TileAnswer | undefined;
}

interface Known {
  readonly address: PictureAddress;
  readonly picture: Picture;
  readonly source: PictureSource;
  /** Whether each of its tiles is to be asked for whether something else answers it. */
  readonly mayBeOverruled: boolean;
  readonly untilMs: number;
}

/** How long a picture counts as held: another process may put another one under its name. */
const KNOWN_MS = 2000;
const MAX_KNOWN = 256;

/**
 * @param isOverruled Whether something else may answer before stored tiles do; with a path and query, whether it answers that.
 * @param nowMs A clock that only goes forward.
 */
export function createTileDesk(
  tiles: TileReader,
  isOverruled: (target?: string) => boolean = () => false,
  nowMs: () => number = () => performance.now(),
): TileDesk {
  const known = new Map<string, Known>();

  function find(name: string): Known | undefined {
    const found = known.get(name);
    if (found === undefined || found.untilMs >= nowMs()) return found;
    known.delete(name);
    return undefined;
  }

  return {
    know(address, picture, source) {
      known.delete(address.name);
      const untilMs = nowMs() + KNOWN_MS;
      known.set(address.name, { address, picture, source, mayBeOverruled: isOverruled(), untilMs });
      const [oldest] = known.keys();
      if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest);
    },
    answer(target) {
      const asked = readTileAddress(target);
      const found = asked === undefined ? undefined : find(asked.name);
      if (asked === undefined || found === undefined) return undefined;
      const { address, picture, source } = found;
      const { downsample } = asked;
      const scale = 2 ** downsample;
      // What is not on the grid of tiles is not a tile, and the reader sees that.
      const left = (asked.left + address.left) / scale;
      const top = (asked.top + address.top) / scale;
      const window: TierWindow = { left, top, width: TILE_PX, height: TILE_PX, downsample };
      if (left < 0 || top < 0) return undefined;
      if (left + TILE_PX > picture.width / scale || top + TILE_PX > picture.height / scale) return undefined;
      const body = tiles.read({ source, window, finestDownsample: picture.finestDownsample });
      if (body === undefined || (found.mayBeOverruled && isOverruled(target))) return undefined;
      const { lastModified } = picture;
      const headers = pictureHeaders({ etag: pictureTag(picture, { window }), lastModified });
      headers[SOURCE_HEADER] = "stored";
      headers[PATH_HEADER] = "tile";
      headers["accept-ranges"] = "bytes";
      headers["content-length"] = String(body.length);
      return { headers: { ...headers, ...asked.headers, ...address.headersOf?.(target) }, body };
    },
  };
}
