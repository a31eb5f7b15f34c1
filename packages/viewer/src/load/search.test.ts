import { createMirror, openStore, sampleStore } from "@brainatlas/mirror";
import { BrainAtlas } from "@brainatlas/sdk";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { dataSetsOfGene, searchDataSets, searchGenes, searchId } from "./search.ts";

function clientOf({ fetch }: ReturnType<typeof createMirror>): BrainAtlas {
  return new BrainAtlas({ baseUrl: "http://mirror.test", fetch: (url, init) => fetch(new Request(url, init)) });
}

const api = clientOf(createMirror({ store: sampleStore() }));
const { signal } = new AbortController();

test("searchGenes() finds by how the acronym begins, whatever the case, that very acronym first", async () => {
  const found = await searchGenes(api, "pdyn", signal);
  expect(found[0]).toMatchObject({ kind: "gene", acronym: "Pdyn", name: "prodynorphin", organism: "Mus musculus" });
  const acronyms = (await searchGenes(api, "p", signal)).map((gene) => "acronym" in gene && gene.acronym);
  expect(acronyms).toEqual(expect.arrayContaining(["Pdyn", "Penk"]));
  expect(acronyms.length).toBeLessThanOrEqual(8);
});

test("searchGenes() finds by how the name begins, each gene once", async () => {
  const found = await searchGenes(api, "prody", signal);
  expect(found).toEqual([expect.objectContaining({ acronym: "Pdyn" })]);
});

test("searchDataSets() finds the data sets of a gene that have images, with their planes", async () => {
  expect(await searchDataSets(api, "PDYN", signal)).toEqual([
    { kind: "dataset", id: 69_782_969, name: "Pdyn, sagittal, 69782969", detail: "Mouse Brain" },
  ]);
  expect(await searchDataSets(api, "nothing such", signal)).toEqual([]);
});

test("dataSetsOfGene() leaves out what has no images", async () => {
  const [gene] = await searchGenes(api, "Pdyn", signal);
  expect((await dataSetsOfGene(api, gene?.id ?? 0, signal)).map(({ id }) => id)).toEqual([69_782_969]);
  const [without] = await searchGenes(api, "Penk", signal);
  expect(await dataSetsOfGene(api, without?.id ?? 0, signal)).toEqual([]);
});

test("searchId() finds a data set, a plate of any atlas, and nothing of an id that is unknown", async () => {
  expect(await searchId(api, 69_782_969, signal)).toEqual([expect.objectContaining({ kind: "dataset" })]);
  expect(await searchId(api, 100_883_869, signal)).toEqual([
    { kind: "image", id: 100_883_869, series: { kind: "atlas", id: 2 } },
  ]);
  expect(await searchId(api, 4711, signal)).toEqual([]);
});

test("searchGenes() and searchDataSets() find nothing in an empty store", async () => {
  const empty = clientOf(createMirror({ store: await openStore(await temporaryFolder(), { create: true }) }));
  expect(await searchGenes(empty, "Pdyn", signal)).toEqual([]);
  expect(await searchDataSets(empty, "Pdyn", signal)).toEqual([]);
});

test("searchGenes() fails where the server does", async () => {
  const broken = new BrainAtlas({
    baseUrl: "http://broken.test",
    fetch: async () => new Response("<html>", { headers: { "content-type": "text/html" } }),
  });
  await expect(searchGenes(broken, "Pdyn", signal)).rejects.toMatchObject({ code: "ATLAS_DECODE" });
});
