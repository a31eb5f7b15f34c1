import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type Loaded, readyValue } from "../load/loaded.ts";
import { dataSetsOfGene, searchDataSets, searchGenes, searchId } from "../load/search.ts";
import { group, remoteQuestion, resultKey, type SearchGroup, type SearchResult, searchHere } from "../model/search.ts";
import type { Session } from "../session/session.ts";

/** How long nobody types before the API is asked, in ms. */
const PAUSE_MS = 250;

/** Choices that are offered again. */
const MAX_RECENT = 6;

/** A gene whose data sets are chosen from. */
export type GeneResult = Extract<SearchResult, { kind: "gene" }>;

/** Results that are asked of the API, with what they are called. */
export interface RemoteGroup {
  readonly title: string;
  readonly loaded: Loaded<readonly SearchResult[]>;
}

/** What the search field shows. */
export interface SearchState {
  readonly text: ReadonlySignal<string>;
  /** The gene that was chosen, whose data sets are the results now. */
  readonly gene: ReadonlySignal<GeneResult | undefined>;
  readonly remote: ReadonlySignal<readonly RemoteGroup[]>;
  /** What there is to choose from, from top to bottom. */
  readonly groups: ReadonlySignal<readonly SearchGroup[]>;
  readonly results: ReadonlySignal<readonly SearchResult[]>;
  /** The result that Enter chooses: the one that was gone to, else the first. */
  readonly chosen: ReadonlySignal<SearchResult | undefined>;
  readonly isOpen: Signal<boolean>;
  setText(text: string): void;
  setGene(gene: GeneResult | undefined): void;
  /** Goes to a result, and stays there whatever else is found. */
  setChosen(key: string | undefined): void;
  /** Goes up or down among the results, round the ends. */
  move(steps: number): void;
  /** Keeps a result among those that are offered before anything is typed. */
  remember(result: SearchResult): void;
  /** Asks once more for what failed. */
  retry(): void;
}

/** Makes the state of the search field. */
export function createSearchState(session: Session): SearchState {
  const { tree, series } = session.active;
  const text = signal("");
  const gene = signal<GeneResult | undefined>(undefined);
  const chosenKey = signal<string | undefined>(undefined);
  const recent = signal<readonly SearchResult[]>([]);
  const remote = createRemote(session);
  const here = computed(() =>
    searchHere(text.value, {
      tree: tree.value,
      series: series.value,
      atlases: readyValue(session.atlases.get("all").value) ?? [],
    }),
  );
  const groups = computed(() => {
    // What comes later is put below what there is, so that nothing moves under a hand that chooses.
    const waiting = remote.groups.value.findIndex(({ loaded }) => loaded.state === "loading");
    const come = waiting < 0 ? remote.groups.value : remote.groups.value.slice(0, waiting);
    const asked = come.flatMap(({ title, loaded }) => {
      const results = readyValue(loaded) ?? [];
      return results.length === 0 ? [] : [group(title, results, results.length)];
    });
    if (gene.value !== undefined) return asked;
    if (text.value.trim() === "") return recent.value.length === 0 ? [] : [group("Chosen before", recent.value)];
    const known = new Set(here.value.flatMap(({ results }) => results.map(({ id }) => id)));
    return [...here.value, ...asked.filter(({ results }) => !results.every((each) => isKnownImage(each, known)))];
  });
  const results = computed(() => groups.value.flatMap((each) => each.results));
  const chosen = computed(() => results.value.find((each) => resultKey(each) === chosenKey.value) ?? results.value[0]);
  const setText = (next: string): void => {
    text.value = next;
    gene.value = undefined;
    chosenKey.value = undefined;
    remote.ask(next);
  };
  const setGene = (next: GeneResult | undefined): void => {
    gene.value = next;
    chosenKey.value = undefined;
    if (next === undefined) remote.ask(text.peek());
    else remote.askGene(next);
  };
  return {
    ...{ text, gene, groups, results, chosen, setText, setGene },
    remote: remote.groups,
    isOpen: signal(false),
    setChosen(key) {
      chosenKey.value = key;
    },
    move(steps) {
      const all = results.peek();
      const now = chosen.peek();
      const next = all.at(((now === undefined ? 0 : all.indexOf(now)) + steps) % Math.max(1, all.length));
      chosenKey.value = next && resultKey(next);
    },
    remember(result) {
      const others = recent.peek().filter((each) => resultKey(each) !== resultKey(result));
      recent.value = [result, ...others].slice(0, MAX_RECENT);
    },
    retry: remote.retry,
  };
}

/** A plate of the series that is shown is found on the page already. */
function isKnownImage(result: SearchResult, known: ReadonlySet<number>): boolean {
  return result.kind === "image" && known.has(result.id);
}

interface Remote {
  readonly groups: ReadonlySignal<readonly RemoteGroup[]>;
  ask(text: string): void;
  askGene(gene: GeneResult): void;
  retry(): void;
}

type Question = { readonly title: string; readonly ask: (signal: AbortSignal) => Promise<readonly SearchResult[]> };

/** Asks the API: after a pause in the typing, and for the last text alone. */
function createRemote({ api }: Session): Remote {
  const groups = signal<readonly RemoteGroup[]>([]);
  let controller = new AbortController();
  let last: () => void = () => {};
  const run = (questions: readonly Question[], pauseMs: number): void => {
    controller.abort();
    controller = new AbortController();
    const { signal: abort } = controller;
    groups.value = questions.map(({ title }) => ({ title, loaded: { state: "loading" } }));
    const settle = (index: number, loaded: Loaded<readonly SearchResult[]>): void => {
      const before = groups.peek()[index];
      if (!abort.aborted && before !== undefined) groups.value = groups.peek().with(index, { ...before, loaded });
    };
    const begin = (): void => {
      for (const [index, { ask }] of questions.entries()) {
        ask(abort).then(
          (value) => settle(index, { state: "ready", value }),
          (error: unknown) => settle(index, { state: "failed", error }),
        );
      }
    };
    const timer = setTimeout(begin, pauseMs);
    abort.addEventListener("abort", () => clearTimeout(timer));
    last = () => run(questions, 0);
  };
  return {
    groups,
    ask(text) {
      const { pattern, id } = remoteQuestion(text);
      const questions: Question[] = [];
      if (id !== undefined) questions.push({ title: "By id", ask: (abort) => searchId(api, id, abort) });
      if (pattern !== undefined) {
        questions.push({ title: "Genes", ask: (abort) => searchGenes(api, pattern, abort) });
        questions.push({ title: "Data sets", ask: (abort) => searchDataSets(api, pattern, abort) });
      }
      run(questions, PAUSE_MS);
    },
    askGene({ id, acronym }) {
      run([{ title: `Data sets of ${acronym}`, ask: (abort) => dataSetsOfGene(api, id, abort) }], 0);
    },
    retry: () => last(),
  };
}
