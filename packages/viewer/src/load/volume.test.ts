import { createMirror, openStore, sampleStore } from "@brainatlas/mirror";
import { BrainAtlas } from "@brainatlas/sdk";
import { Volume, writeNrrd } from "@brainatlas/sdk/volume";
import { effect } from "@preact/signals";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { loadVolumes, type VolumeSet } from "./volume.ts";

const { signal } = new AbortController();

function clientOf({ fetch }: Pick<ReturnType<typeof createMirror>, "fetch">): BrainAtlas {
  return new BrainAtlas({ baseUrl: "http://mirror.test", fetch: (url, init) => fetch(new Request(url, init)) });
}

const sample = createMirror({ store: sampleStore() });

/** Waits for the template. */
function templateOf({ template }: VolumeSet): Promise<NonNullable<typeof template.value>> {
  return new Promise((resolve) => effect(() => void (template.value && resolve(template.value))));
}

test("loadVolumes() takes the coarsest annotation, tells how far it is, and lets the template follow", async () => {
  const received: number[] = [];
  const volumes = await loadVolumes(clientOf(sample), signal, ({ receivedBytes, totalBytes }) => {
    received.push(receivedBytes);
    expect(totalBytes).toBeGreaterThanOrEqual(receivedBytes);
  });
  expect(volumes.annotation).toMatchObject({ size: [132, 80, 114], spacingUm: [100, 100, 100], type: "uint32" });
  expect(received.at(-1)).toBeGreaterThan(1000);
  expect((await templateOf(volumes)).size).toEqual([132, 80, 114]);
});

test("loadVolumes() takes a finer one where no coarser one is held", async () => {
  const asked: string[] = [];
  const held = await writeNrrd(new Volume(Uint32Array.of(1, 2, 3, 4), [2, 2, 1], { spacingUm: 50 }));
  const fetch = async (url: string) => {
    asked.push(url.slice(url.lastIndexOf("/") + 1));
    return url.endsWith("annotation_50.nrrd") ? new Response(held) : new Response("", { status: 404 });
  };
  const { annotation } = await loadVolumes(new BrainAtlas({ baseUrl: "http://mirror.test", fetch }), signal);
  expect(annotation).toMatchObject({ size: [2, 2, 1], spacingUm: [50, 50, 50] });
  expect(asked.slice(0, 2)).toEqual(["annotation_100.nrrd", "annotation_50.nrrd"]);
});

test("loadVolumes() says that none is held, of a mirror and of any server", async () => {
  const store = await openStore(await temporaryFolder(), { create: true });
  const anyServer = clientOf({ fetch: async () => new Response("", { status: 404 }) });
  for (const api of [clientOf(createMirror({ store })), anyServer]) {
    expect(await loadVolumes(api, signal)).toMatchObject({ annotation: undefined, reason: "No volume is held here." });
  }
});

test("loadVolumes() asks no other server than the API's", async () => {
  const asked: string[] = [];
  const fetch = async (url: string) => {
    asked.push(url);
    return new Response("", { status: 404 });
  };
  const { annotation, reason } = await loadVolumes(new BrainAtlas({ fetch }), signal);
  expect([annotation, asked]).toEqual([undefined, []]);
  expect(reason).toContain("another server");
});

test("loadVolumes() rejects what is no volume, and when it fails", async () => {
  const answering = (response: () => Response) =>
    new BrainAtlas({ baseUrl: "http://mirror.test", fetch: async () => response() });
  await expect(
    loadVolumes(
      answering(() => new Response("NRRD0005\n")),
      signal,
    ),
  ).rejects.toThrow();
  await expect(
    loadVolumes(
      answering(() => new Response("", { status: 400 })),
      signal,
    ),
  ).rejects.toThrow("400");
});
