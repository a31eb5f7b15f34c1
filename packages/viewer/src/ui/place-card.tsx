import type { ImagePoint } from "@brainatlas/sdk/sync";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { spaceOf } from "../model/follow.ts";
import { copiedPlace, spaceTitle, spaceWords } from "../model/place-words.ts";
import { plateNumber } from "../model/plates.ts";
import { toScreen } from "../model/screen-map.ts";
import { imageOf } from "../model/series.ts";
import { useSession } from "../session/context.ts";
import { readPin } from "../session/lead.ts";
import type { Stage } from "../session/stage.ts";
import { Button } from "./button.tsx";
import { copyText } from "./copy-text.ts";
import { ImagesHere } from "./images-here.tsx";
import { PlacePin } from "./place-pin.tsx";
import { PlaceStructure } from "./place-structure.tsx";
import { useStage } from "./stage-context.ts";

/** The pin at the place that was clicked, and in the panel where that was, what is there: structure, coordinates, images of other series. */
export function PlaceCard(): JSX.Element {
  const session = useSession();
  const stage = useStage();
  const { pin } = session.view.value;
  const isHere = pin?.panel === stage.index;
  // Away from the pin, where that is when it is set; the card does not jump about while the picture moves.
  const isLeft = useMemo(() => isHere && pin !== undefined && isAtRight(stage, pin), [isHere, pin, stage]);
  return (
    <>
      <PlacePin />
      {isHere ? <Card isLeft={isLeft} /> : undefined}
    </>
  );
}

function Card({ isLeft }: { isLeft: boolean }): JSX.Element | undefined {
  const session = useSession();
  const spot = readPin(session);
  if (spot === undefined) return undefined;
  const { series, imageId, point } = spot;
  const place = spaceOf(spot);
  const image = imageOf(series, imageId);
  const close = (): void => session.change((view) => ({ ...view, pin: undefined }), "step");
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  };
  return (
    <aside class={isLeft ? "place-card at-left" : "place-card"} aria-label="Place" onKeyDown={onKeyDown}>
      <header class="place-head">
        <h2>Place</h2>
        <Button
          label="Copy place"
          icon="copy"
          kind="plain"
          onClick={() => void copyText(session, copiedPlace(place, imageId, point.x, point.y), "Place copied")}
        />
        <Button label="Close place" icon="close" kind="plain" onClick={close} />
      </header>
      <div class="place-body">
        <PlaceStructure spot={spot} place={place} />
        <dl class="place-facts">
          <dt>{place === undefined ? "Reference space" : spaceTitle(place)}</dt>
          <dd class="numbers" title="x to posterior, y to inferior, z to the right">
            {place === undefined ? "not aligned" : spaceWords(place)}
          </dd>
          <dt>Pixel</dt>
          <dd class="numbers">
            {Math.round(point.x)}, {Math.round(point.y)} of {image && plateNumber(series, image)}
          </dd>
        </dl>
        {place === undefined ? undefined : <ImagesHere spot={spot} place={place} />}
      </div>
    </aside>
  );
}

/** Whether a pixel of the panel's image is in its right half. */
function isAtRight({ map, size }: Stage, point: ImagePoint): boolean {
  const [now, { width }] = [map.peek(), size.peek()];
  return now !== undefined && toScreen(now, point).x > width / 2;
}
