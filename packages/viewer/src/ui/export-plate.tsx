import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { fileName } from "../export/file-name.ts";
import { type ImageRequest, imageRequest } from "../export/image-request.ts";
import { type PlateSize, plateSizes, usualSize } from "../export/plate-sizes.ts";
import { saveFile } from "../export/save-file.ts";
import { plateWord } from "../model/plates.ts";
import { useSession } from "../session/context.ts";
import type { Session } from "../session/session.ts";
import { Button } from "./button.tsx";
import type { ExportProps } from "./export-props.ts";

/** How long the largest pictures may take, in ms: a server makes them while it is waited for. */
const LIMITS = { timeoutMs: 300_000, totalTimeoutMs: 600_000 } as const;

/** By which a mirror says what it did not act on. */
const IGNORED_HEADER = "x-brainatlas-ignored";

/** Saves the whole plate at a size that is chosen. */
export function ExportPlate({ stage, tasks }: ExportProps): JSX.Element | undefined {
  const session = useSession();
  const [series, image] = [stage.series.value, stage.image.value];
  const [chosen, setChosen] = useState<number | undefined>(undefined);
  if (series === undefined || image === undefined) return undefined;
  const sizes = plateSizes(image.record);
  const size = sizes.find(({ downsample }) => downsample === chosen) ?? usualSize(sizes);
  if (size === undefined) return undefined;
  const word = plateWord(series).toLowerCase();
  const save = (): void => {
    const { picture } = stage.panel.peek();
    const request = imageRequest({ series, image, picture }, { downsample: size.downsample });
    const kind = [request.parameters.annotation === true ? "annotated" : (request.parameters.view ?? "")];
    const name = fileName(series, image, [`ds${size.downsample}`, ...kind], "jpg");
    tasks.run(word, ({ signal }) => savePlate(session, request, name, signal));
  };
  return (
    <fieldset class="group">
      <legend>{`Whole ${word}`}</legend>
      <div class="export-row">
        <select
          class="field"
          aria-label={`Size of the ${word}`}
          value={size.downsample}
          onChange={(event) => setChosen(Number(event.currentTarget.value))}
        >
          {sizes.map((each) => (
            <option key={each.downsample} value={each.downsample} disabled={each.refused !== undefined}>
              {sizeWords(each)}
            </option>
          ))}
        </select>
        <Button
          label="Save JPEG"
          icon="download"
          words
          disabled={tasks.running.value !== undefined || size.refused !== undefined}
          onClick={save}
        />
      </div>
      {size.refused === undefined ? undefined : <p class="small soft">{size.refused}</p>}
    </fieldset>
  );
}

function sizeWords({ width, height, use }: PlateSize): string {
  return `${width} × ${height} – ${use}`;
}

async function savePlate(
  { api }: Session,
  { service, id, parameters }: ImageRequest,
  name: string,
  signal: AbortSignal,
): Promise<string> {
  // The parameters were made for this very service.
  const response = await api.image(service as "any", id, parameters).download({ ...LIMITS, signal });
  saveFile(name, new Blob([response.bytes()], { type: response.mediaType }));
  const ignored = response.headers.get(IGNORED_HEADER);
  return ignored === null ? `Saved ${name}` : `Saved ${name}; the server did not apply ${ignored}`;
}
