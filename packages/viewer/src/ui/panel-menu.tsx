import type { JSX } from "preact";
import { readyValue } from "../load/loaded.ts";
import { withoutPanel } from "../model/panels.ts";
import { MAX_PANELS, type PanelView } from "../model/view.ts";
import { useSession } from "../session/context.ts";
import { addPanel } from "../session/open-series.ts";
import { Button } from "./button.tsx";
import { Popover } from "./popover.tsx";
import { SeriesChoices } from "./series-choices.tsx";

/** Adds, removes and links panels. */
export function PanelMenu(): JSX.Element {
  const session = useSession();
  const { panels, linked } = session.view.value;
  const hasRoom = panels.length < MAX_PANELS;
  return (
    <Popover label="Panels" icon="panels" at="below-right">
      {(close) => (
        <div class="panel-menu">
          <label class="check">
            <input
              type="checkbox"
              checked={linked}
              onChange={() => session.change((view) => ({ ...view, linked: !view.linked }), "step")}
            />
            Link panels
          </label>
          <p class="small soft">Linked panels stay at the same place of the brain; the one that you move leads.</p>
          <section class="group" aria-label="Panels that are open">
            <h2 class="group-title">
              {panels.length} of {MAX_PANELS} panels
            </h2>
            <ol class="choice-list">
              {panels.map((panel, index) => (
                <OpenPanel key={index} index={index} panel={panel} isAlone={panels.length === 1} />
              ))}
            </ol>
          </section>
          {hasRoom ? (
            <section class="group" aria-label="Add a panel">
              <h2 class="group-title">Add a panel</h2>
              <SeriesChoices
                onChoose={(ref) => {
                  close();
                  addPanel(session, ref);
                }}
              />
            </section>
          ) : (
            <p class="small soft">Close a panel to make room for another one.</p>
          )}
        </div>
      )}
    </Popover>
  );
}

function OpenPanel({ index, panel, isAlone }: { index: number; panel: PanelView; isAlone: boolean }): JSX.Element {
  const session = useSession();
  const name = readyValue(session.series.get(panel.series).value)?.name ?? `${panel.series.kind} ${panel.series.id}`;
  return (
    <li class="open-panel">
      <span>{name}</span>
      <Button
        label={`Close panel ${index + 1}`}
        icon="close"
        kind="plain"
        disabled={isAlone}
        onClick={() => session.change((view) => withoutPanel(view, index), "step")}
      />
    </li>
  );
}
