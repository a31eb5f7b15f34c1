import { isAtlasError } from "@brainatlas/sdk";
import type { JSX } from "preact";
import { isNotHeld } from "../load/not-held.ts";
import { errorSentence } from "../model/error-words.ts";
import { hasPicture } from "../model/picture-layers.ts";
import { plateWord } from "../model/plates.ts";
import type { Series } from "../model/series.ts";
import type { SeriesRef } from "../model/view.ts";
import { useSession } from "../session/context.ts";
import { BigState } from "./big-state.tsx";
import { Button } from "./button.tsx";
import { CommandLine } from "./command-line.tsx";
import { useStage } from "./stage-context.ts";
import { useOnline } from "./use-online.ts";

/** Says over a panel that it loads, or why there is nothing to see. */
export function PanelState(): JSX.Element | undefined {
  const session = useSession();
  const ref = useStage().panel.value.series;
  const loaded = session.series.get(ref).value;
  if (loaded.state === "loading") return <Busy words="Loading" />;
  if (loaded.state === "failed") return <SeriesFailed seriesRef={ref} error={loaded.error} />;
  if (loaded.value.images.length === 0) return <NoImages series={loaded.value} />;
  return <PictureState series={loaded.value} />;
}

/** A line that runs along the top; it is not there at all for what comes at once. */
function Busy({ words }: { words: string }): JSX.Element {
  return (
    <div class="panel-busy late" role="progressbar" aria-label={words}>
      <span />
    </div>
  );
}

function SeriesFailed({ seriesRef, error }: { seriesRef: SeriesRef; error: unknown }): JSX.Element {
  const session = useSession();
  const retry = (): void => session.series.retry(seriesRef);
  useOnline(retry);
  const isUnknown = error instanceof RangeError || isAtlasError(error, "ATLAS_NOT_MIRRORED");
  return (
    <div class="panel-message">
      <BigState title={isUnknown ? "Not held here" : "This did not come"} isFault>
        <p>{errorSentence(error)}</p>
        {isUnknown ? <PullHint seriesRef={seriesRef} /> : undefined}
        <div class="big-state-buttons">
          <Button label="Try again" kind="primary" onClick={retry} />
          <a class="button" href="#first">
            Go to the first view
          </a>
        </div>
      </BigState>
    </div>
  );
}

function NoImages({ series }: { series: Series }): JSX.Element {
  return (
    <div class="panel-message">
      <BigState title={`No images of ${series.name} here`}>
        <p>The server knows its name, and holds none of its {plateWord(series).toLowerCase()}s.</p>
        <PullHint seriesRef={series.ref} />
        <a class="button" href="#first">
          Go to the first view
        </a>
      </BigState>
    </div>
  );
}

function PullHint({ seriesRef: { kind, id } }: { seriesRef: SeriesRef }): JSX.Element {
  return (
    <>
      <p>Where the institute has it, it can be fetched into the mirror's store:</p>
      <CommandLine text={`brainatlas pull ${kind} ${id}`} />
    </>
  );
}

/** What can be said of a picture that is there: that it comes, which parts of it did not, and what it has not. */
function PictureState({ series }: { series: Series }): JSX.Element {
  const session = useSession();
  const stage = useStage();
  const [image, progress] = [stage.image.value, stage.progress.value];
  const { picture } = stage.panel.value;
  const isPictured = image === undefined || picture.shown === "none" || hasPicture(series, image, picture.shown);
  const word = plateWord(series).toLowerCase();
  const isComing = session.coming.value.some(({ index }) => index === stage.index);
  return (
    <>
      {isComing ? <Busy words="Another series is loading" /> : undefined}
      {progress.isWhole || isComing ? undefined : <Busy words="The picture is loading" />}
      <div class="panel-remarks">
        {progress.failedTiles === 0 ? undefined : <TilesFailed count={progress.failedTiles} />}
        {isPictured ? undefined : (
          <p class="remark glass">
            This {word} has no {PICTURE_WORDS[picture.shown]}; another one is shown
          </p>
        )}
        {session.view.value.drawing.shown && image !== undefined ? (
          <DrawingRemark series={series} imageId={image.id} />
        ) : undefined}
      </div>
    </>
  );
}

const PICTURE_WORDS = {
  primary: "picture of its own",
  annotated: "coloured picture",
  expression: "expression mask",
  projection: "projection mask",
  none: "picture",
} as const;

function TilesFailed({ count }: { count: number }): JSX.Element {
  const { zoom } = useStage();
  const retry = (): void => zoom.peek()?.retry();
  useOnline(retry);
  return (
    <p class="remark glass" role="status">
      {count === 1 ? "One part of the picture" : `${count} parts of the picture`} did not come
      <Button label="Try again" onClick={retry} />
    </p>
  );
}

/** An atlas without drawings is said to have none; experiments never have any. */
function DrawingRemark({ series, imageId }: { series: Series; imageId: number }): JSX.Element | undefined {
  const session = useSession();
  if (!series.isDrawn) {
    if (series.ref.kind !== "atlas") return undefined;
    return <p class="remark glass late">This atlas has no drawings: its plates have no regions to point at</p>;
  }
  const loaded = session.drawings.get(imageId).value;
  if (loaded.state !== "failed") return undefined;
  return <DrawingFailed imageId={imageId} error={loaded.error} />;
}

function DrawingFailed({ imageId, error }: { imageId: number; error: unknown }): JSX.Element {
  const session = useSession();
  const retry = (): void => session.drawings.retry(imageId);
  useOnline(retry);
  return (
    <p class="remark glass" role="status" title={errorSentence(error)}>
      {isNotHeld(error) ? "The drawing of this plate is not held here" : "The drawing of this plate did not come"}
      <Button label="Try again" onClick={retry} />
    </p>
  );
}
