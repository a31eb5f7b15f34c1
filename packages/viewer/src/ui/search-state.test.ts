import { createMirror, sampleStore } from "@brainatlas/mirror";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { resultKey } from "../model/search.ts";
import { createView } from "../model/view.ts";
import { createSession, type Session } from "../session/session.ts";
import { createSearchState, type SearchState } from "./search-state.ts";

const mirror = createMirror({ store: sampleStore() });
const asked: string[] = [];
/** Whether the API is out of reach. */
let isOffline = false;
/** Holds answers back whose address has this in it, until it is let go. */
let held: { part: string; until: Promise<void> } | undefined;

beforeEach(() => {
  asked.length = 0;
  isOffline = false;
  held = undefined;
  vi.useFakeTimers();
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const text = decodeURIComponent(url);
    asked.push(text);
    if (held !== undefined && text.includes(held.part)) await held.until;
    init.signal?.throwIfAborted();
    return isOffline ? new Response("", { status: 404 }) : await mirror.fetch(new Request(url, init));
  });
});
afterEach(() => {
  vi.useRealTimers();
});

async function open(): Promise<{ session: Session; state: SearchState }> {
  const session = createSession("http://mirror.test", createView({ kind: "atlas", id: 1 }));
  const { graphId } = await session.series.wait({ kind: "atlas", id: 1 });
  await session.trees.wait(graphId ?? 0);
  // What is looked at keeps its signals up to date.
  session.active.tree.subscribe(() => {});
  session.active.series.subscribe(() => {});
  asked.length = 0;
  return { session, state: createSearchState(session) };
}

/** Lets the pause pass, and what is asked for come. */
async function settle(state: SearchState): Promise<void> {
  await vi.advanceTimersByTimeAsync(300);
  await vi.waitUntil(() => state.remote.peek().every(({ loaded }) => loaded.state !== "loading"));
}

const keys = (state: SearchState): string[] => state.results.value.map(resultKey);
const titles = (state: SearchState): string[] => state.groups.value.map(({ title }) => title);

test("setText() finds what is on the page at once, and asks the API after a pause", async () => {
  const { state } = await open();
  state.setText("CA1");
  expect(keys(state)[0]).toBe("structure-382");
  expect(asked).toEqual([]);
  await settle(state);
  expect(asked.some((url) => url.includes("model::Gene"))).toBe(true);
});

test("setText() asks for the last text alone", async () => {
  const { state } = await open();
  for (const text of ["Pd", "Pdy", "Pdyn"]) state.setText(text);
  await settle(state);
  expect(asked.filter((url) => url.includes("acronym$il'Pd*'") || url.includes("'Pdy*'"))).toEqual([]);
  expect(titles(state)).toEqual(["Genes", "Data sets"]);
});

test("setText() lets no late answer to an earlier text in", async () => {
  const { state } = await open();
  let letGo = (): void => {};
  held = {
    part: "Penk",
    until: new Promise((resolve) => {
      letGo = resolve;
    }),
  };
  state.setText("Penk");
  await vi.advanceTimersByTimeAsync(300);
  state.setText("Pdyn");
  letGo();
  await settle(state);
  expect(state.results.value.map((each) => ("acronym" in each ? each.acronym : each.kind))).toEqual([
    "Pdyn",
    "dataset",
  ]);
});

test("chosen stays where it is while more is found", async () => {
  const { state } = await open();
  state.setText("pr");
  state.move(2);
  const before = state.chosen.value;
  const shown = keys(state);
  state.setChosen(before && resultKey(before));
  await settle(state);
  expect(state.chosen.value).toEqual(before);
  expect(keys(state).slice(0, shown.length)).toEqual(shown);
  expect(keys(state).length).toBeGreaterThan(shown.length);
});

test("groups puts nothing above what has come, in whatever order the answers come", async () => {
  const { state } = await open();
  let letGo = (): void => {};
  held = {
    part: "model::Gene",
    until: new Promise((resolve) => {
      letGo = resolve;
    }),
  };
  state.setText("Pdyn");
  await vi.advanceTimersByTimeAsync(300);
  await vi.waitUntil(() => state.remote.peek()[1]?.loaded.state === "ready");
  expect(titles(state)).toEqual([]);
  letGo();
  await settle(state);
  expect(titles(state)).toEqual(["Genes", "Data sets"]);
});

test("setGene() lists the data sets of a gene, and a new text leaves it", async () => {
  const { state } = await open();
  state.setText("Pdyn");
  await settle(state);
  const gene = state.results.value.find((each) => each.kind === "gene");
  if (gene?.kind !== "gene") throw new Error("the sample has the gene");
  state.setGene(gene);
  await settle(state);
  expect([titles(state), keys(state)]).toEqual([["Data sets of Pdyn"], ["dataset-69782969"]]);
  state.setText("CA1");
  expect([state.gene.value, keys(state)[0]]).toEqual([undefined, "structure-382"]);
});

test("remote says what failed, keeps what was found here, and is asked once more by retry()", async () => {
  const { state } = await open();
  isOffline = true;
  state.setText("hippo");
  await settle(state);
  expect(state.remote.value.map(({ loaded }) => loaded.state)).toEqual(["failed", "failed"]);
  expect(titles(state)).toEqual(["Structures"]);
  isOffline = false;
  state.retry();
  await settle(state);
  expect(state.remote.value.map(({ loaded }) => loaded.state)).toEqual(["ready", "ready"]);
});

test("move() goes round, and stays put without results", async () => {
  const { state } = await open();
  state.setText("hippo");
  const first = state.chosen.value;
  state.move(-1);
  expect(state.chosen.value).toEqual(state.results.value.at(-1));
  state.move(1);
  expect(state.chosen.value).toEqual(first);
  state.setText("zzzz");
  state.move(1);
  expect(state.chosen.value).toBeUndefined();
});

test("remember() offers the last choices before anything is typed, each once", async () => {
  const { state } = await open();
  state.setText("hippo");
  const [one, other] = state.results.value;
  if (one === undefined || other === undefined) throw new Error("the sample has both");
  for (const result of [one, other, one]) state.remember(result);
  state.setText("");
  expect([titles(state), keys(state)]).toEqual([["Chosen before"], [resultKey(one), resultKey(other)]]);
});
