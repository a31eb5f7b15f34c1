import type { JSX } from "preact";
import { readyValue } from "../load/loaded.ts";
import { isNotHeld } from "../load/not-held.ts";
import { visibleGroups } from "../model/drawing-groups.ts";
import { errorWords } from "../model/error-words.ts";
import { type SpacePlace, type Spot, toSpace } from "../model/follow.ts";
import { imagesHere, spacesNear } from "../model/neighbour.ts";
import { useSession } from "../session/context.ts";
import { Button } from "./button.tsx";
import { StructureLine, VOLUME_GRAPH_ID } from "./structure-line.tsx";
import { NeighbourState, useNeighbours } from "./use-neighbours.tsx";

/** What is asked about. */
interface PlaceProps {
  readonly spot: Spot;
  readonly place: SpacePlace | undefined;
}

/** Space of the annotated volume: that of coronal data of the adult mouse. */
const VOLUME_SPACE_ID = 9;

const ATLAS_WORDS = {
  loading: "Looking for a plate…",
  failed: "The atlases could not be asked for.",
  none: "No atlas has a plate here.",
} as const;

/** The structure at a place: by the drawing of its image, or else by that of the nearest plate of an atlas; and by the volume, where one has come. */
export function PlaceStructure({ spot, place }: PlaceProps): JSX.Element {
  return (
    <div class="place-structures">
      {spot.series.isDrawn ? (
        <Drawn imageId={spot.imageId} x={spot.point.x} y={spot.point.y} by="" graphId={spot.series.graphId} />
      ) : (
        <FromAtlas spot={spot} place={place} />
      )}
      <Voxel place={place} />
    </div>
  );
}

/** What the nearest plate of an atlas shows there. */
function FromAtlas({ place }: PlaceProps): JSX.Element | undefined {
  const session = useSession();
  const spaceId = place?.spaceId;
  const held = useNeighbours("atlas", spaceId === undefined ? undefined : spacesNear(spaceId));
  const [nearest] = place === undefined ? [] : imagesHere(place, held.neighbours);
  if (nearest === undefined) {
    if (held.state === "ready") return <p class="small soft">No atlas has a plate here.</p>;
    return <NeighbourState held={held} words={ATLAS_WORDS} />;
  }
  const { imageId, point, distanceUm, neighbour } = nearest;
  const atlases = readyValue(session.atlases.get("all").value);
  const graphId = atlases?.find(({ id }) => id === neighbour.ref.id)?.graphId;
  const by = `by ${neighbour.name}, whose nearest plate is ${Math.round(distanceUm)} µm away`;
  return <Drawn imageId={imageId} x={point.x} y={point.y} by={by} graphId={graphId} />;
}

/** What a drawing shows at a pixel. */
function Drawn({
  imageId,
  x,
  y,
  by,
  graphId,
}: {
  imageId: number;
  x: number;
  y: number;
  by: string;
  graphId: number | undefined;
}): JSX.Element {
  const session = useSession();
  const loaded = session.drawings.get(imageId).value;
  if (loaded.state === "loading") return <p class="small soft">The drawing is coming…</p>;
  if (loaded.state === "failed") return <DrawingFailed imageId={imageId} error={loaded.error} />;
  const groups = visibleGroups(loaded.value, session.view.value.drawing.hiddenGroups);
  const id = loaded.value.structureAt(x, y, { groups });
  if (id === undefined) return <p class="small soft">No structure is drawn here{by === "" ? "" : `, ${by}`}.</p>;
  const tree = graphId === undefined ? undefined : readyValue(session.trees.get(graphId).value);
  return <StructureLine id={id} tree={tree} by={by} />;
}

function DrawingFailed({ imageId, error }: { imageId: number; error: unknown }): JSX.Element {
  const session = useSession();
  if (isNotHeld(error)) return <p class="small soft">This image has no drawing here.</p>;
  return (
    <p class="small" title={errorWords(error)}>
      The drawing did not come. <Button label="Try again" onClick={() => session.drawings.retry(imageId)} />
    </p>
  );
}

/** What the annotated volume says. */
function Voxel({ place }: { place: SpacePlace | undefined }): JSX.Element | undefined {
  const session = useSession();
  if (!session.view.value.volume) return undefined;
  const annotation = readyValue(session.volumes.get("reference").value)?.annotation;
  const point = place && toSpace(place, VOLUME_SPACE_ID);
  if (annotation === undefined || point === undefined) return undefined;
  const by = `by the volume, ${annotation.spacingUm[0]} µm`;
  const id = annotation.labelAt([point.x, point.y, point.z]);
  if (id === undefined) return <p class="small soft">No structure, {by}.</p>;
  return <StructureLine id={id} tree={readyValue(session.trees.get(VOLUME_GRAPH_ID).value)} by={by} />;
}
