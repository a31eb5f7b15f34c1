import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { readyValue } from "../load/loaded.ts";
import { spacesNear } from "../model/neighbour.ts";
import type { Series } from "../model/series.ts";
import { isSameSeries, type SeriesRef, seriesKey } from "../model/view.ts";
import { useSession } from "../session/context.ts";
import { NeighbourState, useNeighbours } from "./use-neighbours.tsx";

/** What is chosen from. */
export interface SeriesChoicesProps {
  /** The series that is shown, which is marked; `undefined` where none is. */
  readonly current?: SeriesRef | undefined;
  readonly onChoose: (ref: SeriesRef) => void;
}

interface Choice {
  readonly ref: SeriesRef;
  readonly name: string;
  readonly detail: string;
}

const ATLAS_WORDS = { loading: "", failed: "The atlases could not be asked for.", none: "" } as const;

/** Series to open in a panel: those with images in the reference space of the active one first, then the other atlases with plates. */
export function SeriesChoices({ current, onChoose }: SeriesChoicesProps): JSX.Element {
  const session = useSession();
  const series = session.active.series.value;
  const spaceIds = useComputed(() => spacesOf(session.active.series.value)).value;
  const atlases = readyValue(session.atlases.get("all").value) ?? [];
  const aligned = useNeighbours("atlas", spaceIds);
  const inSpace: readonly Choice[] = aligned.neighbours;
  const others = atlases.filter(
    ({ id, hasImages }) => hasImages && !inSpace.some(({ ref }) => ref.kind === "atlas" && ref.id === id),
  );
  const list = { current, onChoose };
  return (
    <div class="series-choices">
      <Choices
        title={series === undefined ? "Atlases" : "Atlases at the same place"}
        choices={inSpace.length > 0 ? inSpace : own(series)}
        {...list}
      />
      {aligned.state === "failed" ? <NeighbourState held={aligned} words={ATLAS_WORDS} /> : undefined}
      {spaceIds === undefined ? undefined : <DataSetChoices key={spaceIds.join()} spaceIds={spaceIds} {...list} />}
      {others.length === 0 ? undefined : (
        <Choices
          title="Other atlases, which cannot be linked"
          choices={others.map(({ id, name }) => ({ ref: { kind: "atlas", id }, name, detail: "" }))}
          {...list}
        />
      )}
    </div>
  );
}

/** Data sets of reference spaces, a page after the other. */
function DataSetChoices({ spaceIds, ...list }: SeriesChoicesProps & { spaceIds: readonly number[] }): JSX.Element {
  const held = useNeighbours("dataset", spaceIds);
  return (
    <>
      <Choices title="Experiments at the same place" choices={held.neighbours} {...list} />
      <NeighbourState
        held={held}
        words={{
          loading: "Looking for experiments…",
          failed: "The experiments could not be asked for.",
          none: "No experiments with aligned sections are held here.",
        }}
      />
    </>
  );
}

function Choices({
  title,
  choices,
  current,
  onChoose,
}: SeriesChoicesProps & { title: string; choices: readonly Choice[] }) {
  if (choices.length === 0) return undefined;
  return (
    <section class="group" aria-label={title}>
      <h2 class="group-title">{title}</h2>
      <ul class="choice-list">
        {choices.map(({ ref, name, detail }) => (
          <li key={seriesKey(ref)}>
            <button
              type="button"
              class="choice"
              aria-current={current !== undefined && isSameSeries(current, ref) ? "true" : undefined}
              onClick={() => onChoose(ref)}
            >
              <span>{name}</span>
              <span class="small soft">{detail}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The series itself: a second panel of it shows another picture of the same sections. */
function own(series: Series | undefined): Choice[] {
  return series === undefined ? [] : [{ ref: series.ref, name: series.name, detail: "" }];
}

function spacesOf(series: Series | undefined): number[] | undefined {
  const id = series?.aligned?.referenceSpaceId;
  return id === undefined ? undefined : spacesNear(id);
}
