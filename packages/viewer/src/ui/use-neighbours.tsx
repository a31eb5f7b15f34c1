import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { readyValue } from "../load/loaded.ts";
import type { NeighbourKey } from "../load/neighbours.ts";
import type { Neighbour } from "../model/neighbour.ts";
import { useSession } from "../session/context.ts";
import { Button } from "./button.tsx";

/** Series of reference spaces, as far as they were asked for. */
export interface HeldNeighbours {
  readonly neighbours: readonly Neighbour[];
  /** Of the last page. */
  readonly state: "loading" | "ready" | "failed";
  /** Asks for the next page; `undefined` where there is none. */
  readonly more: (() => void) | undefined;
  readonly retry: () => void;
}

/** What to say of what was asked for. */
interface StateWords {
  readonly loading: string;
  readonly failed: string;
  readonly none: string;
}

/** Series with images in reference spaces, page by page; none while the spaces are not known. */
export function useNeighbours(kind: NeighbourKey["kind"], spaceIds: readonly number[] | undefined): HeldNeighbours {
  const session = useSession();
  const [asked, setAsked] = useState<{ readonly of: string; readonly starts: readonly number[] }>();
  const of = `${kind} ${spaceIds?.join()}`;
  // Pages of other spaces begin and end elsewhere.
  const starts = asked?.of === of ? asked.starts : [0];
  if (spaceIds === undefined) return { neighbours: [], state: "ready", more: undefined, retry: () => {} };
  const pages = starts.map((afterId) => {
    const key: NeighbourKey = { kind, spaceIds, afterId };
    return { key, loaded: session.neighbours.get(key).value };
  });
  const last = pages.at(-1);
  const nextId = readyValue(last?.loaded)?.nextId;
  return {
    neighbours: pages.flatMap(({ loaded }) => readyValue(loaded)?.neighbours ?? []),
    state: last?.loaded.state ?? "ready",
    more: nextId === undefined ? undefined : () => setAsked({ of, starts: [...starts, nextId] }),
    retry: () => last && session.neighbours.retry(last.key),
  };
}

/** Says how far the series have come, and asks for more of them. */
export function NeighbourState({ held, words }: { held: HeldNeighbours; words: StateWords }): JSX.Element | undefined {
  const { neighbours, state, more, retry } = held;
  if (state === "loading") return <p class="small soft">{words.loading}</p>;
  if (state === "failed") {
    return (
      <p class="small">
        {words.failed} <Button label="Try again" onClick={retry} />
      </p>
    );
  }
  if (more !== undefined) return <Button label="More…" onClick={more} />;
  return neighbours.length === 0 ? <p class="small soft">{words.none}</p> : undefined;
}
