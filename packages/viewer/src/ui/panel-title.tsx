import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import type { Followed } from "../model/follow.ts";
import { withoutPanel } from "../model/panels.ts";
import { plateNumber, printMm } from "../model/plates.ts";
import type { Series, SeriesImage } from "../model/series.ts";
import { useSession } from "../session/context.ts";
import { readFollowed } from "../session/lead.ts";
import { switchSeries } from "../session/open-series.ts";
import { Button } from "./button.tsx";
import { Popover } from "./popover.tsx";
import { SeriesChoices } from "./series-choices.tsx";
import { useStage } from "./stage-context.ts";

/** Off the plane by less than this, in µm, is not worth a word: half of the thickness of a section. */
const NEAR_UM = 12.5;

/** What a panel shows, where several are: its series, which can be switched, its plate, and how far it is off the place of the others. */
export function PanelTitle(): JSX.Element | undefined {
  const session = useSession();
  const stage = useStage();
  const words = useComputed(() => (session.view.value.linked ? stateWords(readFollowed(session, stage)) : "")).value;
  if (session.view.value.panels.length < 2) return undefined;
  const [series, image] = [stage.series.value, stage.image.value];
  const close = (): void => session.change((view) => withoutPanel(view, stage.index), "step");
  return (
    <div class="panel-head">
      <div class="panel-title glass">
        <Popover label={series?.name ?? "Loading…"} words kind="plain" at="below-left">
          {(shut) => (
            <SeriesChoices
              current={stage.panel.value.series}
              onChoose={(ref) => {
                shut();
                void switchSeries(session, stage.index, ref);
              }}
            />
          )}
        </Popover>
        {series && image ? (
          <span class="panel-title-place small soft numbers">{placeWords(series, image)}</span>
        ) : undefined}
        {words === "" ? undefined : (
          <span class="panel-title-state small" title={words}>
            {words}
          </span>
        )}
        <Button label={`Close panel ${stage.index + 1}`} icon="close" kind="plain" onClick={close} />
      </div>
    </div>
  );
}

function placeWords(series: Series, image: SeriesImage): string {
  return `${plateNumber(series, image)}/${series.images.length} · ${printMm(image.positionUm)}`;
}

function stateWords(followed: Followed | undefined): string {
  if (followed === undefined) return "";
  if (followed.state === "outside") return "Outside of this series";
  if (followed.state === "apart") return `Not linked: ${followed.reason}`;
  return followed.distanceUm < NEAR_UM ? "" : `${Math.round(followed.distanceUm)} µm off`;
}
