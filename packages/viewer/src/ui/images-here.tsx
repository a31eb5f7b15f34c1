import type { JSX } from "preact";
import type { SpacePlace, Spot } from "../model/follow.ts";
import { type ImageHere, imagesHere, spacesNear } from "../model/neighbour.ts";
import { scaleOf } from "../model/screen-map.ts";
import { isSameSeries, type SeriesRef, seriesKey, type View } from "../model/view.ts";
import { useSession } from "../session/context.ts";
import { openHere, startAt } from "../session/open-series.ts";
import { Button } from "./button.tsx";
import { useStage } from "./stage-context.ts";
import { NeighbourState, useNeighbours } from "./use-neighbours.tsx";

const ATLAS_WORDS = { loading: "", failed: "The atlases could not be asked for.", none: "" } as const;

/** The images of all held series at a place: atlases first, then experiments, a page at a time. */
export function ImagesHere({ spot, place }: { spot: Spot; place: SpacePlace }): JSX.Element {
  const spaceIds = place.spaceId === undefined ? undefined : spacesNear(place.spaceId);
  const atlases = useNeighbours("atlas", spaceIds);
  const experiments = useNeighbours("dataset", spaceIds);
  const found = [...imagesHere(place, atlases.neighbours), ...imagesHere(place, experiments.neighbours)];
  const isEmpty = found.length === 0 && atlases.state === "ready" && experiments.neighbours.length > 0;
  return (
    <section class="group" aria-label="Images here">
      <h3 class="group-title">Images here</h3>
      <ul class="here-list">
        {found.map((image) => (
          <Line key={seriesKey(image.neighbour.ref)} image={image} spot={spot} />
        ))}
      </ul>
      {isEmpty ? <p class="small soft">None of the series has an image here.</p> : undefined}
      {atlases.state === "failed" ? <NeighbourState held={atlases} words={ATLAS_WORDS} /> : undefined}
      <NeighbourState
        held={experiments}
        words={{
          loading: "Looking for images…",
          failed: "The images could not be asked for.",
          none: "No experiments with aligned sections are held.",
        }}
      />
    </section>
  );
}

function Line({ image, spot }: { image: ImageHere; spot: Spot }): JSX.Element {
  const session = useSession();
  const stage = useStage();
  const { neighbour, sectionNumber, distanceUm } = image;
  const panel = panelOf(session.view.value, neighbour.ref);
  const isOwn = isSameSeries(neighbour.ref, spot.series.ref);
  const open = (): void => {
    const map = stage.map.peek();
    const zoom = map && Math.log2(scaleOf(map));
    openHere(session, neighbour.ref, startAt({ ...spot, zoom }, image, neighbour));
  };
  return (
    <li class="here-line">
      <span class="here-name">
        {neighbour.name}
        <span class="small soft">
          section no. {sectionNumber}, {Math.round(distanceUm)} µm off
        </span>
      </span>
      {panel === undefined ? (
        <Button label="Open here" onClick={open} />
      ) : (
        <span class="small soft">{isOwn ? "this series" : `panel ${panel + 1}`}</span>
      )}
    </li>
  );
}

function panelOf({ panels }: View, ref: SeriesRef): number | undefined {
  const index = panels.findIndex(({ series }) => isSameSeries(series, ref));
  return index < 0 ? undefined : index;
}
