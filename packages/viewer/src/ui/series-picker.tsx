import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { readyValue } from "../load/loaded.ts";
import { groupAtlases } from "../model/first-series.ts";
import { type SeriesChoice, withOpened } from "../model/opened-series.ts";
import { type SeriesRef, seriesKey } from "../model/view.ts";
import { useSession } from "../session/context.ts";
import { switchSeries } from "../session/open-series.ts";
import type { Session } from "../session/session.ts";

/** Chooses what the active panel goes through: an atlas, or an experiment that was opened before. */
export function SeriesPicker(): JSX.Element {
  const session = useSession();
  const opened = useRef<readonly SeriesChoice[]>([]);
  const { panels, active } = session.view.value;
  const current = panels[active]?.series;
  const shown = panels.map(({ series }) => ({ ref: series, name: nameOf(session, series) }));
  opened.current = withOpened(opened.current, shown);

  const { pictured, unpictured } = groupAtlases(readyValue(session.atlases.get("all").value) ?? []);
  const groups: readonly (readonly [string, readonly SeriesChoice[]])[] = [
    ["Atlases", pictured.map(choiceOf)],
    ["Experiments that were opened", opened.current],
    ["Atlases without images here", unpictured.map(choiceOf)],
  ];
  const choices = groups.flatMap(([, some]) => some);
  const chosen = current === undefined ? "" : seriesKey(current);
  const isListed = choices.some(({ ref }) => seriesKey(ref) === chosen);
  return (
    <select
      class="series-picker field"
      aria-label="Atlas or experiment"
      title="Atlas or experiment of the active panel"
      value={chosen}
      onChange={(event) => {
        const choice = choices.find(({ ref }) => seriesKey(ref) === event.currentTarget.value);
        if (choice !== undefined) void switchSeries(session, active, choice.ref);
      }}
    >
      {isListed || current === undefined ? undefined : <option value={chosen}>{nameOf(session, current)}</option>}
      {groups.map(([title, some]) =>
        some.length === 0 ? undefined : (
          <optgroup key={title} label={title}>
            {some.map(({ ref, name }) => (
              <option key={seriesKey(ref)} value={seriesKey(ref)}>
                {name}
              </option>
            ))}
          </optgroup>
        ),
      )}
    </select>
  );
}

function choiceOf({ id, name }: { id: number; name: string }): SeriesChoice {
  return { ref: { kind: "atlas", id }, name };
}

/** Of a series that a panel shows: its own name once it is there. */
function nameOf(session: Session, ref: SeriesRef): string {
  const name = readyValue(session.series.get(ref).value)?.name;
  return name ?? `${ref.kind === "atlas" ? "Atlas" : "Experiment"} ${ref.id}`;
}
