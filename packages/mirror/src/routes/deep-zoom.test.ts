import { beforeAll, describe, expect, test } from "vitest";
import { decodeRgb } from "../../../../tests/support/pictures.ts";
import { createMirror, type Mirror } from "../mirror.ts";
import { testCardColours } from "../sample/test-card.ts";
import { sampleStore } from "../store/sample-store.ts";

let mirror: Mirror;

beforeAll(() => {
  mirror = createMirror({ store: sampleStore() });
});

const get = (path: string, init?: RequestInit): Promise<Response> => mirror.fetch(`http://mirror.test${path}`, init);

async function getRgb(path: string): Promise<{ data: Uint8Array; width: number; height: number }> {
  return await decodeRgb(new Uint8Array(await (await get(path)).arrayBuffer()));
}

describe("Deep Zoom", () => {
  test("describes an image and gives its tiles", async () => {
    const descriptor = await get("/dzi/test-card.dzi");
    expect(descriptor.headers.get("content-type")).toBe("application/xml");
    expect(await descriptor.text()).toContain(
      'Format="jpg" Overlap="0" TileSize="256">\n<Size Width="1000" Height="1000"/>',
    );
    expect(
      (await get("/dzi/test-card.dzi", { headers: { "if-none-match": descriptor.headers.get("etag") ?? "" } })).status,
    ).toBe(304);
    expect((await get("/dzi/test-card.dzi/")).headers.get("etag")).toBe(descriptor.headers.get("etag"));
    const corner = await getRgb("/dzi/test-card_files/10/3_3.jpg");
    expect([corner.width, corner.height]).toEqual([232, 232]);
    const at = (190 * 232 + 190) * 3;
    for (const [channel, value] of testCardColours()[9]?.[9]?.entries() ?? []) {
      expect(Math.abs((corner.data[at + channel] ?? -99) - value)).toBeLessThan(9);
    }
    for (let level = 0; level <= 8; level += 1) {
      const { width, height } = await getRgb(`/dzi/test-card_files/${level}/0_0.jpg`);
      const edge = Math.ceil(1000 / 2 ** (10 - level));
      expect([width, height]).toEqual([edge, edge]);
    }
  });

  test.each([
    "test-card",
    "nothing.dzi",
    "test-card_files",
    "test-card_files/10",
    "test-card_files/11/0_0.jpg",
    "test-card_files/10/4_0.jpg",
    "test-card_files/10/0_0.png",
    "test-card_files/-1/0_0.jpg",
    "test-card_files/10/9999999_0.jpg",
    "test-card_files/99/0_0.jpg",
    "%E0%A4%A.dzi",
    ".dzi",
    "test-card_files/10/0_0.jpg/x",
  ])("has no %s", async (path) => {
    expect((await get(`/dzi/${path}`)).status).toBe(404);
  });
});
