import type { StoredDrawing } from "../store/drawing.ts";

/** What a drawing has, as far as an atlas chooses by it. */
interface DrawnLabels {
  /** GraphicGroupLabel ids of its groups. */
  readonly labels: readonly number[];
  /** Documents of old have structures and no groups. */
  readonly hasStructures: boolean;
}

/** Tells of which drawings an atlas shows something; what was read of one is kept. */
export interface DrawnLabelReader {
  /**
   * Whether a drawing has a structure of an atlas's groups, by the rule by which its annotations are chosen.
   *
   * @param labels GraphicGroupLabel ids of the atlas; all groups are its own where none is known.
   */
  shows(drawing: StoredDrawing, labels: readonly number[], signal: AbortSignal): Promise<boolean>;
}

/** Drawings of which the labels are kept: some numbers each. */
const MAX_KEPT = 10_000;
const LABEL = /\sgraphic_group_label_id="(\d{1,15})"/g;
const STRUCTURE = /\sstructure_id="\d/;

/** Makes a reader that reads each drawing once. */
export function createDrawnLabelReader(): DrawnLabelReader {
  const kept = new Map<string, DrawnLabels>();

  async function read(drawing: StoredDrawing, signal: AbortSignal): Promise<DrawnLabels> {
    if (drawing.labels !== undefined) return { labels: drawing.labels, hasStructures: drawing.labels.length > 0 };
    const known = kept.get(drawing.tag);
    if (known !== undefined) return known;
    const svg = await drawing.svg(signal);
    const labels = [...new Set(Array.from(svg.matchAll(LABEL), ([, id]) => Number(id)))];
    const found = { labels, hasStructures: STRUCTURE.test(svg) };
    const [oldest] = kept.keys();
    if (kept.size >= MAX_KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(drawing.tag, found);
    return found;
  }

  return {
    async shows(drawing, labels, signal) {
      const drawn = await read(drawing, signal);
      if (!drawn.hasStructures) return false;
      return labels.length === 0 || drawn.labels.length === 0 || drawn.labels.some((label) => labels.includes(label));
    },
  };
}
