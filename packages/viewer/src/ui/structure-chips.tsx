import type { JSX } from "preact";
import { withoutStructures, withStructure } from "../model/selection.ts";
import { useSession } from "../session/context.ts";
import { flyToStructures, stepToSelected } from "../session/fly-to-structures.ts";
import { Button } from "./button.tsx";
import { Icon } from "./icons.tsx";
import { Swatch } from "./swatch.tsx";

/** The selected structures, and the way to the plates that show them. */
export function StructureChips(): JSX.Element | undefined {
  const session = useSession();
  const { structures } = session.view.value;
  if (structures.length === 0) return undefined;
  const it = structures.length > 1 ? "one of them" : "it";
  const isDrawn = session.active.series.value?.isDrawn === true;
  return (
    <section class="structure-chips" aria-label="Selected structures">
      <ul class="chip-list">
        {structures.map((id) => (
          <StructureChip key={id} id={id} />
        ))}
        {structures.length > 1 ? (
          <li>
            <Button label="Clear" kind="plain" onClick={() => session.change(withoutStructures, "step")} />
          </li>
        ) : undefined}
      </ul>
      <div class="chip-moves">
        <Button
          label={`Previous plate with ${it}`}
          icon="previous"
          keys="Shift+N"
          disabled={!isDrawn}
          onClick={() => void stepToSelected(session, -1)}
        />
        <Button label="Go to" onClick={() => void flyToStructures(session, structures, "step")} />
        <Button
          label={`Next plate with ${it}`}
          icon="next"
          keys="N"
          disabled={!isDrawn}
          onClick={() => void stepToSelected(session, 1)}
        />
      </div>
      <FlightState />
    </section>
  );
}

function StructureChip({ id }: { id: number }): JSX.Element {
  const session = useSession();
  const tree = session.active.tree.value;
  const structure = tree?.get(id);
  const name = structure?.acronym.trim() ?? `Structure ${id}`;
  const point = (pointed: number | undefined): void => {
    session.pointed.value = pointed;
  };
  return (
    <li class="chip" title={structure?.name} onPointerEnter={() => point(id)} onPointerLeave={() => point(undefined)}>
      <Swatch id={id} tree={tree} />
      <span class="chip-name">{name}</span>
      <button
        type="button"
        class="chip-remove"
        aria-label={`Remove ${name}`}
        onClick={() => {
          point(undefined);
          session.change((view) => withStructure(view, id, true), "step");
        }}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}

/** How far the search for a plate has come, once it takes longer than a look at what is known. */
function FlightState(): JSX.Element {
  const flight = useSession().flight.value;
  const isReading = flight !== undefined && flight.read > 0;
  return (
    <div class="flight-state small">
      {/* How many there are by now is not said at each. */}
      <span role="status">{isReading ? "Looking through the drawings" : undefined}</span>
      {isReading ? (
        <>
          <span class="numbers" aria-hidden="true">
            {flight.read} of {flight.plates}
          </span>
          <Button label="Stop" kind="plain" onClick={flight.stop} />
        </>
      ) : undefined}
    </div>
  );
}
