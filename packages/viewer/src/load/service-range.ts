import type { BrainAtlas } from "@brainatlas/sdk";
import {
  type ChannelRange,
  checkImageParameters,
  parseImageServiceRequest,
  type SubImageRecord,
  tierCount,
} from "@brainatlas/sdk/image";

/**
 * The windows of the channels that the service shows a section through unless others are asked for: as its download service hands them on to
 * its image service, since what is stored may have been shown through them before.
 *
 * @returns `undefined` where it hands none on.
 */
export async function loadServiceRange(
  api: BrainAtlas,
  { id, image_width, image_height }: SubImageRecord,
  signal: AbortSignal,
): Promise<ChannelRange | undefined> {
  const smallest = tierCount(image_width, image_height) - 1;
  const { url } = await api.sectionImage(id, { downsample: smallest }).download({ signal });
  const { filter, filterVals } = parseImageServiceRequest(new URL(url).searchParams);
  // The check refuses what are no six numbers.
  const range = filter === "range" ? (filterVals as unknown as ChannelRange) : undefined;
  return checkImageParameters({ range }, ["range"]).range;
}
