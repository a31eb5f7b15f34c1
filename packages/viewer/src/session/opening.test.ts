import { createMirror, openStore, sampleStore } from "@brainatlas/mirror";
import { effect } from "@preact/signals";
import { afterEach, describe, expect, test, vi } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { createView } from "../model/view.ts";
import { parseViewLink, printView } from "../model/view-url.ts";
import { checkPlates } from "./check-plates.ts";
import { createOpener, type Opener } from "./opening.ts";
import { createSession, type Session } from "./session.ts";

type Fetch = (request: Request) => Promise<Response>;

const sample: Fetch = createMirror({ store: sampleStore() }).fetch;

/** A page on an API, with what it wrote into its address. */
function start(fetch: Fetch) {
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => fetch(new Request(url, init)));
  const session = createSession("http://mirror.test", createView({ kind: "atlas", id: 1 }));
  const opener = createOpener(session);
  const written: string[] = [];
  session.onChange((view) => written.push(printView(view, session.acronyms.peek())));
  return { session, opener, written };
}

/** Waits until something holds of what signals tell. */
function until(holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = effect(() => {
      if (!holds()) return;
      // The effect has no name yet where it holds from the beginning.
      queueMicrotask(() => stop());
      resolve();
    });
  });
}

const isIn = ({ opening }: Opener, state: string) => until(() => opening.value.state === state);
const refsOf = ({ view }: Session) => view.value.panels.map(({ series }) => series);

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("createOpener()", () => {
  test("opens the first atlas that has images where nothing is asked for", async () => {
    const { session, opener, written } = start(sample);
    opener.open(parseViewLink(""), "restore");
    expect(opener.opening.value.state).toBe("waiting");
    await isIn(opener, "open");
    expect(refsOf(session)).toEqual([{ kind: "atlas", id: 1 }]);
    expect(written).toEqual(["atlas=1"]);
  });

  test("opens what a link says in full before the API answers", async () => {
    const { session, opener } = start(() => new Promise(() => {}));
    opener.open(parseViewLink("#atlas=2&dataset2=71587929"), "restore");
    await isIn(opener, "open");
    expect(refsOf(session)).toEqual([
      { kind: "atlas", id: 2 },
      { kind: "dataset", id: 71587929 },
    ]);
  });

  test("finds the series of a plate alone", async () => {
    const { session, opener } = start(sample);
    opener.open(parseViewLink("#plate=100883869&zoom=-3"), "restore");
    await isIn(opener, "open");
    expect(session.view.value.panels).toMatchObject([
      { series: { kind: "atlas", id: 2 }, imageId: 100883869, zoom: -3 },
    ]);
  });

  test("says that there is no such plate, and shows the first atlas", async () => {
    const { session, opener } = start(sample);
    opener.open(parseViewLink("#plate=7&x=1&y=2"), "restore");
    await isIn(opener, "open");
    expect(session.view.value).toEqual(createView({ kind: "atlas", id: 1 }));
    expect(session.notice.value).toMatch(/no plate 7 here/);
  });

  test("says in the address what is seen where a link cannot be followed", async () => {
    const { session, opener, written } = start(async (request) =>
      decodeURIComponent(request.url).includes("Image")
        ? new Response("broken", { status: 400 })
        : await sample(request),
    );
    opener.open(parseViewLink("#atlas=1"), "restore");
    await isIn(opener, "open");
    opener.open(parseViewLink("#plate=999999&structure=TH"), "restore");
    await until(() => session.notice.value !== undefined);
    expect(written).toEqual(["atlas=1", "atlas=1"]);
  });

  test("selects the structures of acronyms when the tree is there, and keeps them in the address until then", async () => {
    const { session, opener, written } = start(sample);
    opener.open(parseViewLink("#atlas=1&structure=385,TH,Nowhere"), "restore");
    expect(written).toEqual(["atlas=1&structure=385,TH,Nowhere"]);
    await until(() => session.view.value.structures.length > 1);
    expect(session.view.value.structures).toEqual([385, 549]);
    expect(written.at(-1)).toBe("atlas=1&structure=385,549");
    expect(session.notice.value).toMatch(/called “Nowhere”/);
  });

  test("keeps acronyms whose tree does not come, and selects their structures when it does", async () => {
    let isBroken = true;
    const { session, opener, written } = start(async (request) =>
      isBroken && request.url.includes("structure_graph_download")
        ? new Response("", { status: 404 })
        : sample(request),
    );
    opener.open(parseViewLink("#atlas=1&structure=TH"), "restore");
    await until(() => session.notice.value !== undefined);
    session.change((view) => ({ ...view, volume: true }));
    expect(written.at(-1)).toBe("atlas=1&structure=TH&volume=on");
    isBroken = false;
    session.trees.retry(session.active.series.peek()?.graphId ?? 0);
    await until(() => session.view.value.structures.length > 0);
    expect([session.view.value.structures, session.acronyms.value]).toEqual([[549], []]);
    expect(written.at(-1)).toBe("atlas=1&structure=549&volume=on");
  });

  test("forgets acronyms when something else is selected before they are known", async () => {
    const { session, opener, written } = start(sample);
    opener.open(parseViewLink("#atlas=1&structure=TH"), "restore");
    await isIn(opener, "open");
    session.change((view) => ({ ...view, structures: [385] }));
    expect(written.at(-1)).toBe("atlas=1&structure=385");
    await until(() => session.active.tree.value !== undefined);
    await new Promise((resolve) => setImmediate(resolve));
    expect(session.view.value.structures).toEqual([385]);
  });

  test("keeps the acronyms of a link that is still looked for, whatever is done meanwhile", async () => {
    const { session, opener } = start(sample);
    opener.open(parseViewLink("#plate=100883869&structure=TH"), "restore");
    session.change((view) => ({ ...view, structures: [385] }));
    await until(() => session.view.value.structures.includes(549));
    expect(session.view.value.structures).toEqual([549]);
  });

  test("gives up a link for the next one", async () => {
    const { session, opener } = start(sample);
    opener.open(parseViewLink("#plate=100883869"), "restore");
    opener.open(parseViewLink("#dataset=71587929"), "restore");
    await session.atlases.wait("all");
    await until(() => session.series.get({ kind: "dataset", id: 71587929 }).value.state === "ready");
    expect(refsOf(session)).toEqual([{ kind: "dataset", id: 71587929 }]);
    expect(session.notice.value).toBeUndefined();
  });

  test("says that a store is empty", async () => {
    const { fetch } = createMirror({ store: await openStore(await temporaryFolder(), { create: true }) });
    const { opener } = start(fetch);
    opener.open(parseViewLink(""), "restore");
    await isIn(opener, "empty");
    expect(opener.opening.value).toEqual({ state: "empty", atlasCount: 0 });
  });

  test.each(["", "#atlas=1"])(
    "fails at an API that answers with pages, and opens when it is mended (%j)",
    async (hash) => {
      let isBroken = true;
      const { session, opener } = start(async (request) =>
        isBroken ? new Response("<html>", { headers: { "content-type": "text/html" } }) : sample(request),
      );
      opener.open(parseViewLink(hash), "restore");
      await isIn(opener, "failed");
      expect(opener.opening.value).toMatchObject({ error: { code: "ATLAS_DECODE" } });
      isBroken = false;
      opener.retry();
      await isIn(opener, "open");
      await until(() => session.active.series.value !== undefined);
      expect(session.active.series.value?.name).toBe("Mouse, P56, Coronal");
    },
  );
});

describe("checkPlates()", () => {
  test("shows the middle in place of a plate of another series, and says so", async () => {
    const { session, opener } = start(sample);
    opener.open(parseViewLink("#atlas=1&plate=100883869&x=5&y=6&zoom=0&structure=549"), "restore");
    const stop = checkPlates(session);
    await until(() => session.notice.value !== undefined);
    stop();
    expect(session.notice.value).toMatch(/100883869 is no plate of Mouse, P56, Coronal/);
    expect(session.view.value).toEqual({ ...createView({ kind: "atlas", id: 1 }), structures: [549] });
  });

  test("leaves plates alone that are there, and series that are not", async () => {
    const { session, opener } = start(sample);
    opener.open(parseViewLink("#atlas=1&plate=100960224&atlas2=999&plate2=5"), "restore");
    const stop = checkPlates(session);
    await until(() => session.active.image.value !== undefined);
    await until(() => session.series.get({ kind: "atlas", id: 999 }).value.state === "failed");
    stop();
    expect(session.view.value.panels.map(({ imageId }) => imageId)).toEqual([100960224, 5]);
    expect(session.notice.value).toBeUndefined();
  });
});
