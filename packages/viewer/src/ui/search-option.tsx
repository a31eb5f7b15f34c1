import type { JSX } from "preact";
import { plateWord, printMm } from "../model/plates.ts";
import { resultKey, type SearchResult } from "../model/search.ts";
import { useSession } from "../session/context.ts";
import { Icon, type IconName } from "./icons.tsx";
import { Marked } from "./structure-row.tsx";
import { Swatch } from "./swatch.tsx";

/** A result in the list of a search. */
export interface SearchOptionProps {
  readonly result: SearchResult;
  /** What is looked for, to be marked. */
  readonly wanted: string;
  readonly isChosen: boolean;
  readonly onChoose: (isBeside: boolean) => void;
  readonly onPoint: () => void;
}

/** Id of the element of a result. */
export function optionElementId(result: SearchResult): string {
  return `search-option-${resultKey(result)}`;
}

/** A result: what it is, and what it is called. */
export function SearchOption({ result, wanted, isChosen, onChoose, onPoint }: SearchOptionProps): JSX.Element {
  const { title, detail } = useWords(result);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus, and names its option by aria-activedescendant.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys.
    <div
      role="option"
      id={optionElementId(result)}
      class={isChosen ? "search-option chosen" : "search-option"}
      aria-selected={isChosen}
      // The focus stays in the field.
      onPointerDown={(event) => event.preventDefault()}
      onClick={(event) => onChoose(event.shiftKey)}
      onPointerMove={onPoint}
    >
      <ResultMark result={result} />
      <span class="search-title">
        <Marked text={title} wanted={wanted} />
      </span>
      <span class="search-detail">
        <Marked text={detail} wanted={wanted} />
      </span>
    </div>
  );
}

const ICONS: Readonly<Record<Exclude<SearchResult["kind"], "structure">, IconName>> = {
  plate: "film",
  image: "film",
  atlas: "brain",
  dataset: "layers",
  gene: "search",
};

function ResultMark({ result }: { result: SearchResult }): JSX.Element {
  const tree = useSession().active.tree.value;
  if (result.kind !== "structure") return <Icon name={ICONS[result.kind]} />;
  return <Swatch id={result.id} tree={tree} />;
}

function useWords(result: SearchResult): { title: string; detail: string } {
  const session = useSession();
  const series = session.active.series.value;
  if (result.kind === "structure") return { title: result.record.acronym.trim(), detail: result.record.name.trim() };
  if (result.kind === "plate") {
    const { number, positionUm, id } = result.image;
    const word = series === undefined ? "Plate" : plateWord(series);
    return { title: `${word} ${number}`, detail: `${printMm(positionUm)}, image ${id}` };
  }
  if (result.kind === "image") {
    return {
      title: `Image ${result.id}`,
      detail: result.series.kind === "atlas" ? `of atlas ${result.series.id}` : `of data set ${result.series.id}`,
    };
  }
  if (result.kind === "atlas") return { title: result.name, detail: `atlas ${result.id}` };
  if (result.kind === "dataset") return { title: result.name, detail: result.detail };
  return { title: result.acronym, detail: [result.name, result.organism].filter(Boolean).join(", ") };
}
