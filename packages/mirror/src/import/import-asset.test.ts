import { readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { readGridZip } from "@brainatlas/sdk/volume";
import { beforeEach, describe, expect, test } from "vitest";
import { makeZip, type ZipPart } from "../../../../tests/support/make-zip.ts";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { createMirror } from "../mirror.ts";
import { writeMhd } from "../sample/volumes/write-mhd.ts";
import { type FolderStore, openStore } from "../store/folder-store.ts";
import { importFile } from "./import-file.ts";
import type { ImportOptions } from "./source.ts";

let folder: string;
let store: FolderStore;

beforeEach(async () => {
  folder = await temporaryFolder();
  store = await openStore(join(folder, "store"), { create: true });
  return () => store.close();
});

async function put(name: string, content: Uint8Array | string, options?: ImportOptions): Promise<string[]> {
  const path = join(folder, name);
  await writeFile(path, content);
  const { entries } = await importFile(store, path, options);
  return entries.map(({ kind, name: entry }) => `${kind} ${entry}`);
}

async function get(path: string): Promise<Response> {
  return await createMirror({ store }).fetch(`http://mirror.test${path}`);
}

/** An NRRD file of 2 × 1 × 1 bytes. */
function nrrd(voxels: Uint8Array, header: Record<string, string> = {}): Uint8Array {
  const fields = { type: "uint8", dimension: "3", sizes: "2 1 1", encoding: "raw", spacings: "100 100 100", ...header };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\n`);
  return Buffer.concat([Buffer.from(`NRRD0004\n${lines.join("")}\n`), voxels]);
}

/** The files of a grid of one voxel. */
function grid(volume: string, value = 1): ZipPart[] {
  const header = writeMhd({ spacingUm: 200, size: [1, 1, 1] }, `${volume}.raw`);
  return [
    { name: `${volume}.raw`, body: Buffer.from(Float32Array.of(value).buffer) },
    { name: `${volume}.mhd`, body: header },
  ];
}

const zip = (...files: readonly ZipPart[][]): Uint8Array => makeZip(files.flat());
const xml = (id: number): ZipPart[] => [
  { name: "data_set.xml", body: `<section-data-set>\n  <id>${id}</id>\n</section-data-set>` },
];
/** The voxels of the volumes in a zip, as clients read it. */
async function voxelsOf(response: Response): Promise<Record<string, number[]>> {
  const { volumes } = await readGridZip(new Uint8Array(await response.arrayBuffer()));
  return Object.fromEntries([...volumes].map(([name, { data }]) => [name, Array.from(data, Number)]));
}

const MESH = "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n";
const NEURON = "1 1 0 0 0 5 -1\n";

describe("importFile() puts", () => {
  test.each<[string, Uint8Array | string, ImportOptions | undefined, string]>([
    [
      "annotation_100.nrrd",
      nrrd(Uint8Array.of(1, 2)),
      undefined,
      "archive current-release/mouse_ccf/annotation/ccf_2017/annotation_100.nrrd",
    ],
    [
      "annotation_100.nrrd",
      nrrd(Uint8Array.of(1, 2)),
      { release: "ccf_2015" },
      "archive current-release/mouse_ccf/annotation/ccf_2015/annotation_100.nrrd",
    ],
    [
      "annotation.nrrd",
      nrrd(gzipSync(Uint8Array.of(1, 2)), { encoding: "gzip" }),
      undefined,
      "archive current-release/mouse_ccf/annotation/ccf_2017/annotation_100.nrrd",
    ],
    [
      "structure_385.nrrd",
      nrrd(Uint8Array.of(0, 1)),
      undefined,
      "archive current-release/mouse_ccf/annotation/ccf_2017/structure_masks/structure_masks_100/structure_385.nrrd",
    ],
    [
      "ara_nissl_100.nrrd",
      nrrd(Uint8Array.of(0, 1)),
      undefined,
      "archive current-release/mouse_ccf/ara_nissl/ara_nissl_100.nrrd",
    ],
    ["data_mask_100.nrrd", nrrd(Uint8Array.of(0, 1)), { id: 7 }, "grid 7/data_mask_100.nrrd"],
    ["grid-7-data_mask-100.nrrd", nrrd(Uint8Array.of(0, 1)), undefined, "grid 7/data_mask_100.nrrd"],
    ["385.obj", MESH, undefined, "archive current-release/mouse_ccf/annotation/ccf_2017/structure_meshes/385.obj"],
    ["visual.obj", MESH, { id: 385 }, "archive current-release/mouse_ccf/annotation/ccf_2017/structure_meshes/385.obj"],
    ["7_cell.swc", NEURON, undefined, "file 7"],
    ["anything", "any bytes", { file: 7 }, "file 7"],
    ["anything", "any bytes", { urlPath: "/api/v2/well_known_file_download/7" }, "file 7"],
    ["anything", "any bytes", { urlPath: "/grid_data/download/7?include=density,energy" }, "grid 7-energy,density.zip"],
    ["anything", "any bytes", { urlPath: "/some/other?b=1&a=2" }, "answer /some/other?a=2&b=1"],
    ["page.html", "any bytes", { urlPath: "/informatics-archive/folder/" }, "answer /informatics-archive/folder/"],
    ["anything", "any bytes", { urlPath: "/informatics-archive/%zz" }, "archive %zz"],
    [
      "annotation_100.nrrd",
      nrrd(Buffer.from("xy\u0001\u0002"), { "byte skip": "2" }),
      undefined,
      "archive current-release/mouse_ccf/annotation/ccf_2017/annotation_100.nrrd",
    ],
    ["22 grid.zip", zip(xml(22), grid("energy")), undefined, "grid 22.zip,grid 22-energy.zip"],
    ["7.zip", zip(xml(22), grid("energy")), { id: 22 }, "grid 22.zip,grid 22-energy.zip"],
  ])("%s as what it is", async (name, content, options, entry) => {
    expect((await put(name, content, options)).join()).toBe(entry);
  });

  test("a zip with its volumes, which are given out in any choice", async () => {
    expect(await put("7.zip", zip(xml(7), grid("energy")))).toEqual(["grid 7.zip", "grid 7-energy.zip"]);
    expect(await put("7-density.zip", zip(grid("density")))).toEqual(["grid 7-density.zip"]);
    const both = await get("/grid_data/download/7?include=density,energy");
    expect([both.status, both.headers.get("x-brainatlas-source")]).toEqual([200, "computed"]);
    expect(await voxelsOf(both)).toEqual({ energy: [1], density: [1] });
    expect((await get("/grid_data/download/7?include=intensity")).status).toBe(404);
    expect((await get("/grid_data/download/8")).headers.get("x-brainatlas-reason")).toBe("not-mirrored");
  });

  test("a zip as its headers mean it: with voxels of any name, in the folder of the header, or in it", async () => {
    const [raw, mhd] = grid("energy", 3) as [ZipPart, ZipPart];
    const named = (file: string): string => String(mhd.body).replace("energy.raw", file);
    const stray = { name: "b/energy.raw", body: Buffer.from(Float32Array.of(9).buffer) };
    const parts: readonly ZipPart[][] = [
      [
        { ...mhd, body: named("data.raw") },
        { ...raw, name: "data.raw" },
      ],
      [{ ...mhd, name: "a/energy.mhd" }, { ...raw, name: "a/energy.raw" }, stray],
      [{ ...mhd, body: Buffer.concat([Buffer.from(named("LOCAL")), raw.body as Buffer]) }],
    ];
    for (const [index, files] of parts.entries()) {
      await put(`${index + 1}.zip`, zip(xml(index + 1), files, grid("density", 4)));
      const path = `/grid_data/download/${index + 1}?include=`;
      expect(await voxelsOf(await get(`${path}energy`))).toEqual({ energy: [3] });
      expect(await voxelsOf(await get(`${path}energy,density`))).toEqual({ energy: [3], density: [4] });
    }
  });

  test("a zip, whose volumes replace those of an older one in any choice", async () => {
    const both = (value: number): ZipPart[][] => [grid("energy", value), grid("density", value)];
    await put("7.zip", zip(...both(1)));
    const older = await get("/grid_data/download/7?include=energy,density");
    expect([older.headers.get("x-brainatlas-source"), await voxelsOf(older)]).toEqual([
      "stored",
      { energy: [1], density: [1] },
    ]);
    await put("7.zip", zip(xml(7), ...both(2)));
    expect(await voxelsOf(await get("/grid_data/download/7?include=energy"))).toEqual({ energy: [2] });
    const newer = await get("/grid_data/download/7?include=energy,density");
    expect([newer.headers.get("x-brainatlas-source"), await voxelsOf(newer)]).toEqual([
      "computed",
      { energy: [2], density: [2] },
    ]);
  });

  test("a path of any kind, which is answered again", async () => {
    await put("page.json", '{"a":1}', { urlPath: "/some/other?b=1&a=2" });
    const response = await get("/some//other?a=2&b=1");
    expect([await response.json(), response.headers.get("content-type")]).toEqual([{ a: 1 }, "application/json"]);
  });
});

describe("importFile() refuses", () => {
  test.each<[string, Uint8Array | string, ImportOptions | undefined, string]>([
    ["annotation_100.nrrd", nrrd(Uint8Array.of(1)), undefined, "it holds 1 of 2 bytes of voxels"],
    ["annotation_100.nrrd", nrrd(Uint8Array.of(1, 2, 3)), undefined, "it holds more of 2 bytes of voxels"],
    [
      "annotation_100.nrrd",
      nrrd(gzipSync(new Uint8Array(1e7)), { encoding: "gzip" }),
      undefined,
      "it holds more of 2 bytes",
    ],
    [
      "annotation_100.nrrd",
      nrrd(gzipSync(Uint8Array.of(1, 2)).subarray(0, 12), { encoding: "gzip" }),
      undefined,
      "unexpected end of file",
    ],
    ...[
      ["more streams", gzipSync(Uint8Array.of(1)), gzipSync(Uint8Array.of(2))],
      ["bytes of 0 behind it", gzipSync(Uint8Array.of(1, 2)), new Uint8Array(64)],
    ].map(([, ...parts]): [string, Uint8Array, undefined, string] => [
      "annotation_100.nrrd",
      nrrd(Buffer.concat(parts as Uint8Array[]), { encoding: "gzip" }),
      undefined,
      "more than one gzip stream, or something behind it",
    ]),
    ...[
      [{ encoding: "gzip", "byte skip": "4" }, gzipSync(new Uint8Array(3))],
      [{ "line skip": "2" }, Buffer.from("a\n\u0001\u0002")],
      [{ "byte skip": "-1" }, Uint8Array.of(1)],
      [{ encoding: "text" }, Buffer.from("1")],
    ].map(([header, voxels]): [string, Uint8Array, undefined, string] => [
      "annotation_100.nrrd",
      nrrd(voxels as Uint8Array, header as Record<string, string>),
      undefined,
      "Cannot decode the NRRD volume",
    ]),
    ["annotation_100.nrrd", nrrd(Uint8Array.of(1, 2), { sizes: "2 1" }), undefined, "sizes"],
    [
      "annotation_100.nrrd",
      nrrd(Uint8Array.of(1, 2), { spacings: "7 7 7" }),
      undefined,
      "its name says 100 µm, and its header 7 µm",
    ],
    ["annotation.nrrd", nrrd(Uint8Array.of(1, 2), { spacings: "7 7 7" }), undefined, "it has voxels of 7 µm"],
    ["annotation_100.nrrd", nrrd(Uint8Array.of(1, 2)), { release: "ccf_1999" }, 'Cannot use release "ccf_1999"'],
    ["385.obj", "v 0 0 0\n", undefined, "it has no face"],
    ["385.obj", "v 0 0\n", undefined, "line 1"],
    ["7.swc", "# nothing\n", undefined, "expected a node"],
    ["0.swc", NEURON, undefined, "it says that its id is 0"],
    ["7.swc", NEURON, { id: 1.5 }, "Cannot use id 1.5; give a whole number of 1 or more"],
    ["385.obj", MESH, { id: -5 }, "Cannot use id -5"],
    ["structure_0.nrrd", nrrd(Uint8Array.of(1, 2)), undefined, "it says that its id is 0"],
    ["data_mask_100.nrrd", nrrd(Uint8Array.of(1, 2)), { id: -1 }, "Cannot use id -1"],
    ["grid.zip", zip(grid("energy")), { id: Number.NaN }, "Cannot use id NaN"],
    ["99999.zip", zip(xml(22), grid("energy")), undefined, "it is of data set 22, and its name says 99999; rename it"],
    ["7.zip", zip(xml(22), grid("energy")), { id: 7 }, "it is of data set 22, and --id says 7; leave it out"],
    [
      "7.zip",
      zip(
        grid("energy").map((part) => ({ ...part, name: `a/${part.name}` })),
        grid("energy"),
      ),
      undefined,
      "each volume once",
    ],
    ["7.swc", "1 1 0 0 0 5 2\n", undefined, "a parent that another line has"],
    ["cell.swc", NEURON, undefined, "or give the id (--file)"],
    ["7.zip", zip(grid("energy")).subarray(0, 60), undefined, "give a whole zip of a grid"],
    ["7.zip", zip([{ name: "a.txt", body: "a" }]), undefined, "a volume (.mhd)"],
    ["7.zip", zip(grid("tea")), undefined, "it has none of energy, density, intensity, injection"],
    ["grid.zip", zip(grid("energy")), undefined, "it does not say of which data set it is"],
    ["anything", "x", { file: 0 }, "Cannot use file id 0"],
    ["anything", "x", { urlPath: "api" }, 'Cannot use path "api"'],
    ["anything", "x", { file: 1, urlPath: "/a" }, "give one of them"],
    ["anything", "x", { urlPath: "/grid_data/download/7?include=tea" }, 'Cannot use volume "tea"'],
  ])("%s, and puts nothing", async (name, content, options, message) => {
    await expect(put(name, content, options)).rejects.toThrow(message);
    for await (const entry of store.list()) expect(entry).toBeUndefined();
  });

  test("what is not there, or may not be looked at", async () => {
    const loop = join(folder, "loop");
    await symlink("loop", loop);
    for (const options of [{ file: 7 }, {}]) {
      await expect(importFile(store, join(folder, "none"), options)).rejects.toThrow("there is no such file");
      await expect(importFile(store, folder, options)).rejects.toThrow("it is no file; name the files in it");
      await expect(importFile(store, loop, options)).rejects.toThrow("the system refuses it (ELOOP)");
    }
  });
});

test("a body that comes in chunks is put whole or not at all", async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Uint8Array.of(1);
    throw new Error("broken off");
  }
  const entry = { kind: "file", name: "7", mediaType: "text/plain" } as const;
  await expect(store.entries.putChunks(entry, broken())).rejects.toThrow("broken off");
  expect(await store.entries.get("file", "7")).toBeUndefined();
  expect((await readdir(join(folder, "store", "objects"))).filter((name) => name.endsWith(".part"))).toEqual([]);
});
