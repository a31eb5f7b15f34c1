import { BrainAtlas } from "@brainatlas/sdk";
import type { Drawing } from "@brainatlas/sdk/drawing";
import type { StructureTree } from "@brainatlas/sdk/ontology";
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { loadAtlases } from "../load/atlases.ts";
import { loadNeighbours, neighbourKey } from "../load/neighbours.ts";
import { loadSeries } from "../load/series.ts";
import { Shelf } from "../load/shelf.ts";
import { StructurePlates } from "../load/structure-plates.ts";
import { loadVolumes, type VolumeProgress } from "../load/volume.ts";
import type { Hover } from "../model/hover.ts";
import type { AtlasEntry, Series } from "../model/series.ts";
import { type SeriesRef, seriesKey, type View } from "../model/view.ts";
import { type ActivePanel, createActive } from "./active.ts";
import type { Coming, Flight } from "./flight.ts";
import { Notice } from "./notice.ts";
import { createPage, type Page } from "./page.ts";
import { restedView } from "./rested-view.ts";
import type { Shelves } from "./shelves.ts";
import type { Stage } from "./stage.ts";

/**
 * How a change of the view goes into the history of the browser: as a step that Back undoes, in place of the last one, or not at all, since it
 * comes from there.
 */
export type ChangeKind = "step" | "move" | "restore";

/** Hears of each change of the view. */
export type ChangeListener = (view: View, kind: ChangeKind) => void;

/** By which a mirror says where its data are from. */
const ATLAS_HEADER = "x-brainatlas-atlas";

/** Most bytes of drawings that are kept, counted by their path data. */
const DRAWING_BYTES = 64 * 2 ** 20;

/** All that the page knows: what is looked at, and what has come of the API. One a page. */
export interface Session extends Shelves {
  readonly api: BrainAtlas;
  readonly view: ReadonlySignal<View>;
  /**
   * Changes the view; a function that gives the same view back changes nothing. A step first says as a movement where the panels are headed, so
   * that Back leads to what was left.
   *
   * @param kind "step" where it is not given.
   */
  change(next: (view: View) => View, kind?: ChangeKind): void;
  /** Tells of each change after it, with its kind. Returns what ends it. */
  onChange(listener: ChangeListener): () => void;
  /** Which plates show which structures. */
  readonly structurePlates: StructurePlates;
  /** Acronyms of a link whose structures are not selected yet: they are kept until the tree comes, or something else is selected. */
  readonly acronyms: Signal<readonly string[]>;
  /** The way to structures that is being looked for. */
  readonly flight: Signal<Flight | undefined>;
  /** The series that were chosen and are on their way, one a panel at most. */
  readonly coming: Signal<readonly Coming[]>;
  /** What is open on the page. */
  readonly page: Page;
  /** The panels that are on the page. */
  readonly stages: Signal<readonly Stage[]>;
  /** Whether linked panels are on their way after the active one. */
  readonly isFollowing: Signal<boolean>;
  /** What the active panel shows. */
  readonly active: ActivePanel;
  /** What is under the pointer. */
  readonly hover: Signal<Hover | undefined>;
  /** A structure that is pointed at elsewhere, such as in the tree: outlined as if it were hovered. */
  readonly pointed: Signal<number | undefined>;
  /** Whether the API said that what it gives was computed and not measured, as the sample's is. */
  readonly synthetic: ReadonlySignal<boolean>;
  /** How much of a volume has come, from the start of its load. */
  readonly volumeProgress: ReadonlySignal<VolumeProgress | undefined>;
  /** Words for a moment: that something was copied, or failed. */
  readonly notice: Notice;
}

/**
 * Makes the session of a page.
 *
 * @param first What is looked at first.
 */
export function createSession(baseUrl: string, first: View): Session {
  const synthetic = signal(false);
  const api = new BrainAtlas({
    baseUrl,
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      if (response.headers.get(ATLAS_HEADER) === "synthetic") synthetic.value = true;
      return response;
    },
  });
  const view = signal(first);
  const listeners = new Set<ChangeListener>();
  const volumeProgress = signal<VolumeProgress | undefined>(undefined);
  const atlases = new Shelf<"all", readonly AtlasEntry[]>({
    load: (_, abort) => loadAtlases(api, abort),
    capacity: 1,
  });
  const shelves: Shelves = {
    atlases,
    series: new Shelf<SeriesRef, Series>({
      load: async (ref, abort) => loadSeries(api, ref, await atlases.wait("all", abort), abort),
      keyOf: seriesKey,
      capacity: 12,
    }),
    trees: new Shelf<number, StructureTree>({
      load: (graphId, abort) => api.structureTree(graphId, { signal: abort }),
      capacity: 4,
    }),
    drawings: new Shelf<number, Drawing>({
      load: (imageId, abort) => api.drawing(imageId, { signal: abort }),
      capacity: DRAWING_BYTES,
      sizeOf: ({ regions }) => regions.reduce((sum, { d }) => sum + d.length, 1),
    }),
    neighbours: new Shelf({
      load: (key, abort) => loadNeighbours(api, key, abort),
      keyOf: neighbourKey,
      capacity: 12,
    }),
    volumes: new Shelf({
      load: (_, abort) => {
        volumeProgress.value = undefined;
        return loadVolumes(api, abort, (progress) => {
          if (!abort.aborted) volumeProgress.value = progress;
        });
      },
      // Hundreds of megabytes, it may be, which nobody needs who does not look at them.
      capacity: 0,
    }),
  };
  const stages = signal<readonly Stage[]>([]);
  const isFollowing = signal(false);
  const tell: ChangeListener = (changed, kind) => {
    view.value = changed;
    for (const listener of listeners) listener(changed, kind);
  };
  return {
    api,
    view,
    change(next, kind = "step") {
      const before = kind === "step" ? restedView({ view, stages, isFollowing }) : view.peek();
      const changed = next(before);
      if (changed === before) return;
      if (before !== view.peek()) tell(before, "move");
      tell(changed, kind);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    structurePlates: new StructurePlates(api, shelves.drawings),
    acronyms: signal([]),
    flight: signal(undefined),
    coming: signal([]),
    page: createPage(isWide()),
    ...shelves,
    stages,
    isFollowing,
    active: createActive(view, shelves),
    hover: signal(undefined),
    pointed: signal(undefined),
    synthetic,
    volumeProgress,
    notice: new Notice(),
  };
}

/** Whether the tree has room beside the panels, as in layout.css. */
function isWide(): boolean {
  return typeof matchMedia === "function" && matchMedia("(min-width: 1000px)").matches;
}
