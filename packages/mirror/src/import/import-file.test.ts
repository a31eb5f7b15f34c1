import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import { makeDrawing, makePicture, writeIn } from "../../../../tests/support/pictures.ts";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { type FolderStore, openStore } from "../store/folder-store.ts";
import { importFile } from "./import-file.ts";

async function setUp(): Promise<{ store: FolderStore; folder: string }> {
  const folder = await temporaryFolder();
  const store = await openStore(join(folder, "store"), { create: true });
  onTestFinished(() => store.close());
  return { folder, store };
}

const ROW = {
  id: 9,
  x: 0,
  y: 0,
  width: 640,
  height: 320,
  image_width: 640,
  image_height: 320,
  path: "/external/real/nine.aff",
  alternate_images: [{ id: 10, image_type: "Atlas - Adult Mouse", path: "/external/real/nine_rendered.aff" }],
};

describe("importFile() of pictures", () => {
  test.each(["jpeg", "png", "tiff"] as const)(
    "takes %s, with its id from the name and a record of its own",
    async (format) => {
      const { store, folder } = await setUp();
      const { entries, models } = await importFile(
        store,
        await writeIn(folder, `77_plate.${format}`, await makePicture(320, 160, format)),
        {
          downsample: 2,
          resolution: 1.047,
        },
      );
      expect(entries.map(({ kind, name }) => `${kind} ${name}`)).toEqual(["picture /external/brainatlas/77/77.aff"]);
      expect(models).toEqual({ AtlasImage: 1 });
      expect((await store.record(77))?.row).toMatchObject({
        width: 1280,
        image_height: 640,
        tier_count: 4,
        resolution: 1.047,
      });
      expect(await store.picture("/external/brainatlas/77/77.aff")).toMatchObject({
        width: 1280,
        height: 640,
        finestDownsample: 2,
      });
    },
  );

  test("refuses what is damaged, too large for its record or nameless, and puts nothing", async () => {
    const { store, folder } = await setUp();
    const jpeg = await makePicture(320, 160, "jpeg");
    const refused = async (
      name: string,
      content: Uint8Array | string,
      message: RegExp,
      options = {},
    ): Promise<void> => {
      await expect(importFile(store, await writeIn(folder, name, content), options)).rejects.toThrow(message);
    };
    await refused("1.jpg", jpeg.subarray(0, jpeg.length / 2), /no whole picture/);
    await refused("2.jpg", Buffer.from("no\0picture"), /no whole picture/);
    await refused("plate.jpg", jpeg, /does not say which image it shows/);
    await refused("4.jpg", jpeg, /from 0 to 16/, { downsample: 99 });
    await refused(
      "5.gif",
      await makePicture(8, 8).then(() => Buffer.from("R0lGODlhAQABAAAAACw=", "base64")),
      /no whole picture/,
    );
    await expect(importFile(store, join(folder, "absent.jpg"))).rejects.toThrow(/there is no such file/);
    await expect(importFile(store, folder)).rejects.toThrow(/it is no file/);
    expect(await store.info()).toMatchObject({ entries: { picture: 0, drawing: 0, answer: 0 }, records: {} });
    await importFile(store, await writeIn(folder, "row.json", JSON.stringify(ROW)));
    await refused("9.jpg", jpeg, /320 × 160 pixels, and image 9 has 640 × 320 at downsample 0/);
  });

  test.each([
    [60_000, 60_000, 0, /no whole picture \(3600000000 pixels in 65 bytes, more than 256 a byte/],
    [70_000, 70_000, 0, /70000 × 70000 pixels, and JPEG tiles are written for edges of at most 65535/],
    [20_000, 20_000, 1, /400000000 pixels that are interlaced and so have to be decoded at once, more than 268435456/],
  ])("refuses %i × %i pixels, interlaced %i, from the header alone", async (width, height, interlaced, message) => {
    const { store, folder } = await setUp();
    const path = await writeIn(folder, "6.png", emptyPng(width, height, interlaced));
    await expect(importFile(store, path)).rejects.toThrow(message);
  });
});

/** A PNG that promises pixels and holds none. */
function emptyPng(width: number, height: number, interlaced: number): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, interlaced]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const chunk = (name: string, data: Buffer): Buffer => {
    const typed = Buffer.concat([Buffer.from(name), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(typed), 4);
    return Buffer.concat([frame.subarray(0, 4), typed, frame.subarray(4)]);
  };
  const chunks = [chunk("IHDR", header), chunk("IDAT", deflateSync("")), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), ...chunks]);
}

describe("importFile() of drawings", () => {
  test("makes the record from the drawing at any downsample", async () => {
    for (const downsample of [0, 4]) {
      const { store, folder } = await setUp();
      await importFile(store, await writeIn(folder, "some.svg", makeDrawing(55, 10560, 7552, downsample)));
      const stored = await store.record(55);
      expect(stored).toMatchObject({ model: "AtlasImage", row: { width: 10560, height: 7552, annotated: true } });
      const [alternate] = stored?.row.alternate_images ?? [];
      expect(alternate?.image_type).toBe("Atlas - Adult Mouse");
      expect(await store.picture(alternate?.path ?? "")).toMatchObject({ width: 10560, height: 7552 });
    }
  });

  test.each([
    ["a script", "<script>alert(1)</script>"],
    ["an event", '<path onload="x()" d="M0,0"/>'],
    ["a reference", '<use xlink:href="http://a.test/b.svg#c"/>'],
    ["a picture", '<image href="file:///etc/passwd"/>'],
    ["a style sheet", "<style>@import url(x)</style>"],
  ])("refuses %s", async (_, content) => {
    const { store, folder } = await setUp();
    const svg = `<svg width="10" height="10" xmlns="http://www.w3.org/2000/svg">${content}</svg>`;
    await expect(importFile(store, await writeIn(folder, "1.svg", svg))).rejects.toThrow(
      /Cannot import .*it cannot be drawn \(.* holds .*groups and paths alone\)/,
    );
    expect((await store.info()).entries.drawing).toBe(0);
  });

  test("refuses entities without expanding them", async () => {
    const { store, folder } = await setUp();
    const bomb = `<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "${"x".repeat(1000)}">${"<!ENTITY b '&a;&a;'>".repeat(9)}]><svg width="1" height="1">&b;</svg>`;
    await expect(importFile(store, await writeIn(folder, "1.svg", bomb))).rejects.toThrow(/DOCTYPE/);
  });

  test.each(["<svg></svg>", "<svg width='1' height='1'>", "<html></html>", '<svg width="1e9" height="1"></svg>'])(
    "refuses %s, which is no whole drawing",
    async (svg) => {
      const { store, folder } = await setUp();
      await expect(importFile(store, await writeIn(folder, "1.svg", svg))).rejects.toThrow(/Cannot import/);
    },
  );
});

describe("importFile() of records", () => {
  test("takes an answer, a list and a row", async () => {
    for (const document of [{ success: true, msg: [ROW] }, [ROW], ROW]) {
      const { store, folder } = await setUp();
      await importFile(store, await writeIn(folder, "r.json", JSON.stringify(document)));
      expect(await store.record(9)).toEqual({ model: "AtlasImage", row: ROW });
    }
  });

  test("makes pictures that came first be found under the record's paths", async () => {
    const { store, folder } = await setUp();
    await importFile(store, await writeIn(folder, "9.jpg", await makePicture(640, 320, "jpeg")));
    await importFile(store, await writeIn(folder, "9.svg", makeDrawing(9, 640, 320)));
    await importFile(store, await writeIn(folder, "r.json", JSON.stringify(ROW)));
    expect(await store.picture(ROW.path)).toMatchObject({ width: 640 });
    expect(await store.picture(ROW.alternate_images[0]?.path ?? "")).toMatchObject({ width: 640 });
  });

  test.each([
    ["JSON that is cut off", '{"id": 1, "na', /its JSON is damaged \(.*position 13.*\); give the whole document/],
    ["an answer that failed", '{"success":false,"msg":"no"}', /an answer without rows/],
    ["no rows", "[]", /holds no rows/],
    ["a row of which any model may be", '[{"id":1}]', /its columns are those of .*; say which it is \(--model\)/],
  ])("refuses %s", async (_, text, message) => {
    const { store, folder } = await setUp();
    await expect(importFile(store, await writeIn(folder, "r.json", text))).rejects.toThrow(message);
  });
});

describe("importFile() of what is no known kind", () => {
  test.each<[string, string | Uint8Array, RegExp]>([
    ["an empty file", "", /it is empty; give a file/],
    ["a file of blanks", " \n\n", /it is empty; give a file/],
    [
      "CSV with semicolons",
      "id;name\n1;a\n",
      /it is text of no known kind; give JSON, a JSON object a line, XML, or CSV/,
    ],
    ["prose", "hello, I am a text", /it is text of no known kind/],
    ["text in Latin-1", Buffer.from("id;näme\n1;ä\n", "latin1"), /it is no text in UTF-8/],
    ["text in UTF-16", Buffer.from("\uFEFFid\tname\n1\ta\n", "utf16le"), /it is no text in UTF-8/],
  ])("says of %s what it is, whatever model is given", async (_, content, message) => {
    const { store, folder } = await setUp();
    const path = await writeIn(folder, "1.txt", content);
    for (const options of [{}, { model: "Gene" }]) {
      await expect(importFile(store, path, options)).rejects.toThrow(message);
    }
  });
});

describe("importFile() of exchanges", () => {
  const EXCHANGE = {
    request: "GET http://api.brain-map.org/api/v2/atlas_image_download/1?downsample=4",
    history: [302],
    final_url: "http://api.brain-map.org/cgi-bin/imageservice?mime=1&path=/a.aff",
    status: 200,
    headers: { "content-type": "image/jpeg", "last-modified": "Thu, 31 Jan 2013 22:05:16 GMT", server: "Apache" },
    body_file: "body.jpg",
    body_bytes: 4,
  };

  test("puts the redirect and the body", async () => {
    const { store, folder } = await setUp();
    await writeIn(folder, "body.jpg", Buffer.from([0xff, 0xd8, 0xff, 0xd9]));
    await importFile(store, await writeIn(folder, "exchange.json", JSON.stringify(EXCHANGE)));
    expect(await store.answer("/api/v2/atlas_image_download/1?downsample=4")).toMatchObject({
      status: 302,
      location: "/cgi-bin/imageservice?mime=1&path=/a.aff",
    });
    const answer = await store.answer("/cgi-bin/imageservice?path=/a.aff&mime=1");
    expect(answer).toMatchObject({
      status: 200,
      headers: { "content-type": "image/jpeg" },
      lastModified: new Date("2013-01-31T22:05:16Z"),
    });
    expect([...((await answer?.body()) ?? [])]).toEqual([0xff, 0xd8, 0xff, 0xd9]);
  });

  test.each([
    [{ body_file: "../../etc/passwd" }, /its body_file is a path/],
    [{ body_file: "absent.jpg" }, /cannot be read/],
    [{ body_bytes: 5 }, /has 4 bytes, and 5 are recorded/],
    [{ request: "POST http://a.test/" }, /no URL/],
    [{ final_url: "nonsense" }, /no URL/],
    [{ history: [302, 302] }, /more than one redirect/],
    [{ history: [200] }, /its status, or that of its redirect/],
    [{ status: 204 }, /its status, or that of its redirect/],
    [{ status: 99 }, /its status, or that of its redirect/],
    [{ headers: { "content-type": "text/plain\r\nx-more: 1" } }, /no text of one line/],
    [{ headers: { "content-disposition": 5 } }, /no text of one line/],
  ])("refuses %j", async (change, message) => {
    const { store, folder } = await setUp();
    await writeIn(folder, "body.jpg", Buffer.from([0xff, 0xd8, 0xff, 0xd9]));
    const path = await writeIn(folder, "exchange.json", JSON.stringify({ ...EXCHANGE, ...change }));
    await expect(importFile(store, path)).rejects.toThrow(message);
    expect((await store.info()).entries.answer).toBe(0);
  });
});
