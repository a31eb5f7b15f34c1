import type { RemoteImage } from "../../client/remote-image.ts";
import type { ImageService } from "../../image/services.ts";
import type { JoinedPicture, RegionsOptions } from "./types.ts";

/**
 * Fetches a picture as regions, several at once, and joins them to one file: for pictures that are too large to be answered in one piece.
 *
 * A `.png`, `.tif` or `.tiff` holds the regions' pixels as they are; a `.jpg` is encoded again, at a loss. Each region is a JPEG of its own at the server, so
 * that its pixels may differ from those of the whole picture by the error of JPEG, where the server encodes anew. The file has its name only when it is
 * complete. Memory does not grow with the picture (300 to 400 MB); meanwhile there are three bytes a pixel on the disk, in a folder beside the file.
 *
 * @param image What is wanted, with its own region and downsample.
 * @param path Where it is to be; its ending says the format. A file that is there is replaced.
 * @throws {RangeError} If the ending is none of these, an option is out of range, nothing of the region lies in the file, or a JPEG would be too large.
 * @throws {DecodeError} If a region is no picture, or of another size than it was asked for. Errors of a region name its URL.
 * @throws {ConnectionError | TimeoutError | TooManyRedirectsError | HttpError | NotMirroredError} If a region is not had, after the client's retries.
 * @throws {TypeError} If an option is unknown.
 * @throws {UnsupportedError} If the optional package `sharp` is not installed.
 * @throws {Error} If the file cannot be written. Rejects with the signal's reason when aborted.
 * @example await downloadInRegions(client.atlasImage(100883869), "plate.tif", { regionPx: 2048 })
 */
export async function downloadInRegions<S extends ImageService>(
  image: RemoteImage<S>,
  path: string,
  options: RegionsOptions = {},
): Promise<JoinedPicture> {
  const { joinRegions } = await import("./join-regions.ts"); // Loaded when it is needed, as by `downloadAll()`.
  return await joinRegions(image, path, options);
}
