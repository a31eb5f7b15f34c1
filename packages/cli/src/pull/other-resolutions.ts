import type { Pull } from "./pull.ts";

/** Longest wait for an answer that only helps, in ms. */
const WAIT_MS = 5000;

/** Resolutions in µm of the volume that was asked for which who answers does have; none where that cannot be told. */
export async function otherResolutions({ api, context, request }: Pull): Promise<readonly number[]> {
  if (request.what !== "volume") return [];
  const { volumeUrls } = await import("./plan/volume.ts");
  const send = api.fetch ?? fetch;
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(WAIT_MS)]);
  const answers = volumeUrls(api, request.volume, request).map(async ({ resolutionUm, url }) => {
    const answer = await send(url, { method: "HEAD", signal }).catch(() => undefined);
    return answer?.ok === true ? [resolutionUm] : [];
  });
  return (await Promise.all(answers)).flat();
}
