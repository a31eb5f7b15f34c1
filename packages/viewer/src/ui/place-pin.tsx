import type { ImagePoint } from "@brainatlas/sdk/sync";
import type { JSX } from "preact";
import { follow, projectOn } from "../model/follow.ts";
import { toScreen } from "../model/screen-map.ts";
import { useSession } from "../session/context.ts";
import { readPin } from "../session/lead.ts";
import type { Session } from "../session/session.ts";
import type { Stage } from "../session/stage.ts";
import { Icon } from "./icons.tsx";
import { useStage } from "./stage-context.ts";
import { usePlaced } from "./use-placed.ts";

/** A pin at the point that was clicked: in its own panel, and in linked ones where it falls; faint on an image that is not the nearest. */
export function PlacePin(): JSX.Element {
  const session = useSession();
  const stage = useStage();
  const pin = usePlaced(({ classList }) => {
    const place = placeIn(session, stage);
    classList.toggle("far", place?.isFar === true);
    return place?.at;
  });
  return (
    <div class="place-pin" ref={pin} hidden aria-hidden="true">
      <Icon name="pin" />
    </div>
  );
}

/** In CSS pixels of the panel; `undefined` where it does not show. */
function placeIn(session: Session, stage: Stage): { readonly at: ImagePoint; readonly isFar: boolean } | undefined {
  const { pin, linked } = session.view.value;
  const [map, series, image] = [stage.map.value, stage.series.value, stage.image.value];
  if (pin === undefined || map === undefined || series === undefined || image === undefined) return undefined;
  const spot = readPin(session);
  if (spot === undefined || (pin.panel !== stage.index && !linked)) return undefined;
  const there = follow(spot, series);
  if (there.state !== "there") return undefined;
  if (there.imageId === image.id) return { at: toScreen(map, there.point), isFar: false };
  const point = projectOn(spot, series, image.id);
  return point && { at: toScreen(map, point), isFar: true };
}
