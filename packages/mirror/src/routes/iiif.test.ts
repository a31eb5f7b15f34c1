import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { decodeRgb } from "../../../../tests/support/pictures.ts";
import { createMirror, type Mirror } from "../mirror.ts";
import { testCardColours } from "../sample/test-card.ts";
import { sampleStore } from "../store/sample-store.ts";

const ORIGIN = "http://mirror.test";
let mirror: Mirror;

beforeAll(() => {
  mirror = createMirror({ store: sampleStore() });
});

const get = (path: string, init?: RequestInit): Promise<Response> => mirror.fetch(ORIGIN + path, init);
const getJson = async (path: string, init?: RequestInit) =>
  (await (await get(path, init)).json()) as Record<string, unknown>;

async function getRgb(path: string): Promise<{ data: Uint8Array; width: number; height: number }> {
  const response = await get(path);
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return await decodeRgb(new Uint8Array(await response.arrayBuffer()));
}

/** The square of the test card whose colour a pixel has. */
function squareAt({ data, width }: { data: Uint8Array; width: number }, x: number, y: number): string | undefined {
  const at = (y * width + x) * 3;
  const near = (colour: readonly number[]): boolean =>
    colour.every((value, c) => Math.abs(value - (data[at + c] ?? -99)) < 9);
  for (const [column, colours] of testCardColours().entries()) {
    const row = colours.findIndex(near);
    if (row >= 0) return `${column},${row}`;
  }
  return undefined;
}

describe.each([
  [2, "full"],
  [3, "max"],
] as const)("the Image API %i", (version, all) => {
  const base = `/iiif/${version}/test-card`;

  test.each([base, `${base}/`])("%s leads to the information", async (path) => {
    const response = await get(path);
    expect([response.status, response.headers.get("location")]).toEqual([303, `${ORIGIN}${base}/info.json`]);
  });

  test("gives the information as JSON and as JSON-LD", async () => {
    const linked = `application/ld+json;profile="http://iiif.io/api/image/${version}/context.json"`;
    const types = await Promise.all(
      [
        undefined,
        "application/json",
        "application/ld+json",
        "*/*",
        "application/ld+json;q=0.2, application/json;q=0.1",
      ].map(async (accept) => {
        const { headers } = await get(`${base}/info.json`, accept === undefined ? {} : { headers: { accept } });
        expect(headers.get("vary")).toBe("Accept, Accept-Encoding");
        expect(headers.get("access-control-allow-origin")).toBe("*");
        expect(headers.get("link")).toBe(`<http://iiif.io/api/image/${version}/level2.json>;rel="profile"`);
        return headers.get("content-type");
      }),
    );
    const usual = version === 3 ? linked : "application/json";
    expect(types).toEqual([usual, "application/json", linked, usual, linked]);
  });

  test("answers HEAD, conditions and a preflight", async () => {
    for (const path of [`${base}/info.json`, `${base}/0,0,64,64/${all}/0/default.jpg`]) {
      const whole = await get(path);
      const etag = whole.headers.get("etag") ?? "";
      const head = await get(path, { method: "HEAD" });
      expect([head.status, head.headers.get("etag"), (await head.arrayBuffer()).byteLength]).toEqual([200, etag, 0]);
      expect((await get(path, { headers: { "if-none-match": etag } })).status).toBe(304);
      expect((await get(path, { method: "OPTIONS" })).status).toBe(204);
      expect((await get(path, { method: "PUT" })).status).toBe(405);
    }
  });

  test.each([
    [`0,0,500,500/${all}/0/default.jpg`, 500, 500, "0,0", "4,4"],
    [`100,200,300,400/${all}/0/default.png`, 300, 400, "1,2", "3,5"],
    [`pct:10,20,30,40/${all}/0/default.webp`, 300, 400, "1,2", "3,5"],
    [`square/500,/0/default.tif`, 500, 500, "0,0", "9,9"],
    [`full/,250/0/default.jpg`, 250, 250, "0,0", "9,9"],
    [`full/!600,300/0/default.jpg`, 300, 300, "0,0", "9,9"],
    [`full/300,200/0/default.jpg`, 300, 200, "0,0", "9,9"],
    [`full/pct:50/0/color.jpg`, 500, 500, "0,0", "9,9"],
    [`full/500,/90/default.jpg`, 500, 500, "0,9", "9,0"],
    [`full/500,/180/default.png`, 500, 500, "9,9", "0,0"],
    [`full/500,/!0/default.jpg`, 500, 500, "9,0", "0,9"],
    [`full/500,/!90/default.jpg`, 500, 500, "9,9", "0,0"],
    [`0,100,200,100/200,/270/default.jpg`, 100, 200, "1,1", "0,1"],
  ])("gives %s", async (path, width, height, first, last) => {
    const picture = await getRgb(`${base}/${path}`);
    expect([picture.width, picture.height]).toEqual([width, height]);
    const [x, y] = [Math.round(width / 20), Math.round(height / 20)];
    expect([squareAt(picture, x, y), squareAt(picture, width - 1 - x, height - 1 - y)]).toEqual([first, last]);
  });

  test("gives grey and two tones", async () => {
    const grey = await getRgb(`${base}/0,0,400,400/200,/0/gray.jpg`);
    const tones = await getRgb(`${base}/full/500,/0/bitonal.png`);
    const spread = ({ data }: { data: Uint8Array }): number =>
      data.reduce((most, value, at) => Math.max(most, Math.abs(value - (data[at - (at % 3)] ?? 0))), 0);
    expect(spread(grey)).toBeLessThanOrEqual(2);
    expect([...new Set(tones.data)].sort()).toEqual([0, 255]);
  });

  test("turns by any angle, with corners that show through", async () => {
    const { headers, body } = await get(`${base}/full/400,/45/default.png`);
    expect(headers.get("content-type")).toBe("image/png");
    await body?.cancel();
    const picture = await getRgb(`${base}/full/400,/45/default.jpg`);
    expect(picture.width).toBeOneOf([565, 566, 567]);
    expect([...picture.data.subarray(0, 3)]).toEqual([255, 255, 255]);
  });

  test.each([
    `${base}/full/${all}/0/default.gif`,
    `${base}/full/${all}/0/native.jpg`,
    `${base}/full/${all}/361/default.jpg`,
    `${base}/1000,0,5,5/${all}/0/default.jpg`,
    `${base}/0,0,0,5/${all}/0/default.jpg`,
    `${base}/full/0,/0/default.jpg`,
    `${base}/full/9999999999,/0/default.jpg`,
    `${base}/full/999999999,999999999/0/default.jpg`,
    `${base}/0,0,1,1/65536,1/0/default.jpg`,
    `${base}/full/20000,1/0/default.webp`,
    `${base}/full/%00/0/default.jpg`,
    `${base}/${"9".repeat(5000)},0,1,1/${all}/0/default.jpg`,
    `${base}/full/${all}/0`,
    `${base}/full/${all}/0/default.jpg/more`,
    `${base}/info.xml`,
    `/iiif/${version}/%E0%A4%A/info.json`,
    `${base}/full/%E0%A4%A/0/default.jpg`,
    `${base}/full/150%252C/0/default.jpg`,
    `${base}/full/150,%2F0/0/default.jpg`,
  ])("refuses %s in words", async (path) => {
    const response = await get(path);
    expect([response.status, response.headers.get("content-type")]).toEqual([400, "text/plain; charset=utf-8"]);
    expect(await response.text()).toMatch(/^.{20,400}\n$/);
  });

  test.each([
    "nothing",
    "1",
    "-1",
    "999999999999999",
    "100883869:expression",
    "100883869:annotation:3",
    "a%2Fb",
    "..%2F..%2Fetc%2Fpasswd",
    "%2Fetc%2Fpasswd",
    "[frob]",
    "%2Fexternal%2Fnone.aff",
  ])("has no image %s", async (identifier) => {
    for (const rest of ["", "/info.json", `/full/${all}/0/default.jpg`, "/nonsense"]) {
      const response = await get(`/iiif/${version}/${identifier}${rest}`);
      expect([response.status, response.headers.get("content-type")]).toEqual([404, "text/plain; charset=utf-8"]);
    }
  });

  test("takes an identifier however it is encoded", async () => {
    const plain = await get(`${base}/0,0,50,50/${all}/0/default.jpg`);
    const encoded = await get(`/iiif/${version}/test%2Dcard/0,0,50,50/${all}/0/default.jpg`);
    expect(await encoded.bytes()).toEqual(await plain.bytes());
    const path = `/iiif/${version}/%2Fexternal%2F0350%2Fprod34%2F0205081399%2F0205081399_devmouse.aff`;
    const info = await getJson(`${path}/info.json`);
    expect([info["@id"] ?? info.id, info.width]).toEqual([ORIGIN + path, 21_504]);
  });

  test.each([
    ["full/150%2C/0/default.jpg", "full/150,/0/default.jpg"],
    ["0%2C0%2C100%2C100/50,50/%210/default%2Ejpg", "0,0,100,100/50,50/!0/default.jpg"],
    ["pct%3A0,0,10,10/%2150,50/0/%64efault.jpg", "pct:0,0,10,10/!50,50/0/default.jpg"],
  ])("takes %s as %s", async (path, plain) => {
    const tags = await Promise.all(
      [path, plain].map(async (each) => (await get(`${base}/${each}`, { method: "HEAD" })).headers.get("etag")),
    );
    expect(tags[0]).toMatch(/^"/);
    expect(tags[0]).toBe(tags[1]);
  });

  test.each([
    ["0100883869", "100883869"],
    ["test%2Dcard", "test-card"],
    ["%2Fexternal%2Fsample%2Ftest_card.aff", "test-card"],
    ["126862575%3Aprojection", "126862575:projection"],
  ])("names %s as %s, and that as itself", async (spelling, canonical) => {
    for (const identifier of [spelling, canonical]) {
      const info = await getJson(`/iiif/${version}/${identifier}/info.json`);
      expect(info["@id"] ?? info.id).toBe(`${ORIGIN}/iiif/${version}/${canonical}`);
      const { headers } = await get(`/iiif/${version}/${identifier}/full/60,/0/default.jpg`, { method: "HEAD" });
      expect(headers.get("link")).toContain(`</iiif/${version}/${canonical}/full/60,`);
      const root = await get(`/iiif/${version}/${identifier}`);
      expect(root.headers.get("location")).toBe(`${ORIGIN}/iiif/${version}/${canonical}/info.json`);
    }
  });

  test("takes a slash at the end for nothing", async () => {
    for (const path of [`${base}/info.json`, `${base}/0,0,9,9/${all}/0/default.jpg`]) {
      const [plain, slashed] = [await get(path), await get(`${path}/`)];
      expect([slashed.status, slashed.headers.get("etag")]).toEqual([200, plain.headers.get("etag")]);
    }
  });

  test("tells with HEAD of parts as with GET, where it gives what can be given in parts", async () => {
    const head = async (path: string) => (await get(path, { method: "HEAD" })).headers.get("accept-ranges");
    const small = `${base}/0,0,64,64/${all}/0/default.jpg`;
    expect((await get(small)).headers.get("accept-ranges")).toBe("bytes");
    expect(await head(small)).toBe("bytes");
    expect(await head(`/iiif/${version}/100883869/full/${all}/0/default.jpg`)).toBeNull();
    expect(await head(`${base}/info.json`)).toBeNull();
  });

  test("gives max of a large image in any form, and refuses in words what is too large", async () => {
    const large = `/iiif/${version}/100883869/full`;
    const png = await get(`${large}/max/0/default.png`, { method: "HEAD" });
    expect([png.status, png.headers.get("content-type")]).toEqual([200, "image/png"]);
    for (const path of ["15504,/0/default.png", "8000,/0/default.jpg", "15504,7824/90/default.jpg"]) {
      const refused = await get(`${large}/${path}`);
      expect([refused.status, refused.headers.get("content-type")]).toEqual([400, "text/plain; charset=utf-8"]);
      expect(await refused.text()).toMatch(/8388608 at most; give max, 3876,1956 or less/);
    }
  });

  test("says in a picture how large its pixels are", async () => {
    const { body } = await get(`/iiif/${version}/100883869/0,0,64,64/32,/0/default.tif`);
    const { density } = await sharp(await new Response(body).bytes()).metadata();
    expect(density).toBeCloseTo(25_400 / (2 * 1.047), -1);
  });
});

test("the Image API 3 takes sizes whose ^ a client has encoded, as some platforms do by themselves", async () => {
  const [encoded, plain] = await Promise.all(
    ["%5E1500,", "^1500,"].map((size) => get(`/iiif/3/test-card/full/${size}/0/default.jpg`, { method: "HEAD" })),
  );
  expect([encoded?.status, encoded?.headers.get("etag")]).toEqual([200, plain?.headers.get("etag")]);
  expect((await get("/iiif/3/test-card/full/%5Emax/0/default.jpg", { method: "HEAD" })).status).toBe(200);
});

test("an image's information leads to the manifests of the atlases that it is a plate of", async () => {
  const manifestsOf = async (name: string) =>
    ((await getJson(`/iiif/3/${name}/info.json`)).partOf as { id: string }[] | undefined)?.map(({ id }) => id);
  const manifest = (atlas: number) => `${ORIGIN}/iiif/presentation/${atlas}/manifest`;
  expect(await manifestsOf("100883869")).toEqual([manifest(2), manifest(181276165)]);
  expect(await manifestsOf("100883869:annotation:2")).toEqual([manifest(2)]);
  for (const name of ["test-card", "69750516", "69750516:expression"]) expect(await manifestsOf(name)).toBeUndefined();
  const { partOf } = await getJson("/iiif/3/100960224/info.json");
  expect(partOf).toEqual([{ id: manifest(1), type: "Manifest", label: { en: ["Mouse, P56, Coronal"] } }]);
  const shown = await getJson(new URL(manifest(2)).pathname);
  expect(JSON.stringify(shown)).toContain(`${ORIGIN}/iiif/3/100883869/full/max/`);
});

test("pages of other origins may read all headers", async () => {
  for (const path of ["/iiif/3/test-card/info.json", "/iiif/3/nothing/info.json", "/nothing"]) {
    expect((await get(path)).headers.get("access-control-expose-headers")).toBe("*");
  }
});

test("the Image API names the canonical request", async () => {
  const linkOf = async (path: string) => (await get(path, { method: "HEAD" })).headers.get("link")?.split(">")[0];
  expect(await linkOf("/iiif/3/test-card/pct:0,0,50,50/^!5000,1000/!90.50/color.png")).toBe(
    "</iiif/3/test-card/0,0,500,500/^1000,1000/!90.5/default.png",
  );
  expect(await linkOf("/iiif/3/test-card/square/1000,/360/gray.jpg")).toBe("</iiif/3/test-card/full/max/0/gray.jpg");
  expect(await linkOf("/iiif/2/test-card/full/400,400/0/default.jpg")).toBe(
    "</iiif/2/test-card/full/400,/0/default.jpg",
  );
});

test("an image by its id is the section's box, and its pixels have a size", async () => {
  const info = await getJson("/iiif/3/100883869/info.json");
  expect(info).toMatchObject({
    width: 15504,
    height: 7824,
    tiles: [{ width: 256, scaleFactors: [1, 2, 4, 8, 16, 32, 64] }],
  });
  const [service] = info.service as { id: string; physicalScale: number; physicalUnits: string }[];
  expect(service).toMatchObject({ physicalScale: 0.001047, physicalUnits: "mm" });
  expect(await getJson(new URL(service?.id ?? "").pathname)).toMatchObject({ physicalScale: 0.001047 });
  const file = await getJson("/iiif/3/%2Fexternal%2F0350%2Fprod34%2F0205081399%2F0205081399_devmouse.aff/info.json");
  expect(file).toMatchObject({ width: 21504, height: 44032 });
  // The same pixels as the download service gives of the box.
  const whole = await get("/iiif/3/100883869/full/242,122/0/default.jpg");
  const redirect = await get("/api/v2/atlas_image_download/100883869?downsample=6");
  const downloaded = await mirror.fetch(redirect.headers.get("location") ?? "");
  expect(await whole.bytes()).toEqual(await downloaded.bytes());
});

test("annotated plates and masks are images of their own", async () => {
  const names = [
    "100883869",
    "100883869:annotation",
    "100883869:annotation:2",
    "69750516:expression",
    "126862575:projection",
  ];
  const tags = names.map(async (name) =>
    (await get(`/iiif/3/${name}/full/60,/0/default.jpg`, { method: "HEAD" })).headers.get("etag"),
  );
  expect(new Set(await Promise.all(tags)).size).toBe(names.length);
});
