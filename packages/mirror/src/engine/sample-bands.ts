import type { TierWindow } from "@brainatlas/sdk/image";
import type { SampleSource } from "./picture-source.ts";

/** Pixels that are made in one go: some tens of milliseconds. */
const BAND_PX = 100_000;

/** A window of the sample as interleaved RGB, in bands of whole rows, each made when it is asked for. */
export async function* sampleBands(source: SampleSource, window: TierWindow): AsyncGenerator<Uint8Array> {
  // Loaded only now: stored pictures are given without it.
  const [{ samplePlate }, { renderWindow }] = await Promise.all([
    import("../sample/plates.ts"),
    import("../sample/render.ts"),
  ]);
  const plate = samplePlate(source.plate);
  if (plate === undefined) throw new RangeError(`Cannot make plate ${source.plate}: the sample has none of that id`);
  const { left, top, width, height, downsample } = window;
  const scale = 2 ** downsample;
  const rows = Math.max(1, Math.floor(BAND_PX / width));
  for (let done = 0; done < height; done += rows) {
    const band = { left: left * scale, top: (top + done) * scale, width, height: Math.min(rows, height - done) };
    yield renderWindow(plate, source.picture, { ...band, downsample });
  }
}
