import { describe, expect, test } from "vitest";
import { DecodeError, HttpError } from "../errors.ts";
import { BrainAtlas } from "./brain-atlas.ts";

const SVG =
  '<svg width="5" height="5" xmlns="http://www.w3.org/2000/svg">\n<g transform="scale(0.5)">\n<g id="1" order="1" graphic_group_label_id="28" graphic_group_label="A" sub_image_id="7"><path id="2" order="0" structure_id="8" d="M0,0h10v10z" style="fill:#bfdae3"/></g>\n</g>\n</svg>';

function clientOf(body: string, init: ResponseInit = {}): { allen: BrainAtlas; asked: string[] } {
  const asked: string[] = [];
  const fetch = async (url: string): Promise<Response> => {
    asked.push(url);
    return new Response(body, { headers: { "content-type": "image/svg+xml" }, ...init });
  };
  return { allen: new BrainAtlas({ baseUrl: "http://x.test", fetch, retries: 0 }), asked };
}

describe("drawing()", () => {
  test("asks for the groups at the tier, and reads what comes", async () => {
    const { allen, asked } = clientOf(SVG);
    const drawing = await allen.drawing(7, { groups: [28, 159226751], downsample: 1 });
    expect(asked).toEqual(["http://x.test/api/v2/svg/7?groups=28,159226751&downsample=1"]);
    expect(drawing).toMatchObject({ width: 5, downsample: 1, imageId: 7 });
    expect(drawing.structureAt(8, 4)).toBe(8);
  });

  test("refuses what is no drawing, naming its URL", async () => {
    const { allen } = clientOf(SVG.replace("h10", "h1e999"));
    await expect(allen.drawing(7)).rejects.toThrow(
      expect.objectContaining({ at: "path 1, d, character 5", url: "http://x.test/api/v2/svg/7" }),
    );
  });

  test("throws for a status, whatever the client's options say", async () => {
    await expect(clientOf("no such image", { status: 404 }).allen.drawing(-1)).rejects.toThrow(HttpError);
  });
});

describe("svg()", () => {
  test("gives the document as it came, from either service", async () => {
    const { allen, asked } = clientOf(SVG);
    expect((await allen.svg(7)).text()).toBe(SVG);
    await allen.svg(7, { download: true });
    await allen.svg(7, { download: false, downsample: 0 });
    expect(asked.map((url) => url.slice("http://x.test/api/v2".length))).toEqual([
      "/svg/7",
      "/svg_download/7",
      "/svg/7?downsample=0",
    ]);
  });

  test.each([
    ["a page", "<!DOCTYPE html><html><body><svg></svg></body></html>", 0],
    ["an envelope", '{"success":false,"msg":"no"}', 0],
    ["nothing", "", 0],
    ["a document cut short", SVG.slice(0, -10), SVG.length - 10],
  ])("refuses %s with status 200", async (_, body, at) => {
    const failure = clientOf(body).allen.svg(7);
    await expect(failure).rejects.toThrow(DecodeError);
    await expect(failure).rejects.toMatchObject({ at, url: "http://x.test/api/v2/svg/7" });
  });

  test.each([
    ["with a prolog", `<?xml version="1.0"?>\n${SVG}\n`],
    ["with remarks", `<!-- a --><!-- b -->\n${SVG}<!-- c -->`],
    ["that is empty", '<svg width="1" height="1"/>'],
  ])("takes a document %s", async (_, body) => {
    expect((await clientOf(body).allen.svg(7)).text()).toBe(body);
  });

  test("leaves a status alone where that is wanted", async () => {
    const { status } = await clientOf("gone", { status: 404 }).allen.svg(7, { throwHttpErrors: false });
    expect(status).toBe(404);
  });

  test.each([
    [{ groups: [] }, RangeError, /Cannot use groups \[\]; give one id at least/],
    [{ groups: [28.5] }, RangeError, /Cannot use groups 28.5; give a whole number of 1 or more/],
    [{ groups: "28" as never }, TypeError, /Cannot use groups "28"; give a list/],
    [{ downsample: 31 }, RangeError, /Cannot use downsample 31; give a whole number from 0 to 30/],
    [{ downsample: "4" as never }, RangeError, /Cannot use downsample "4"/],
  ])("refuses %j before anything is sent", async (options, kind, message) => {
    const { allen, asked } = clientOf(SVG);
    for (const call of [allen.svg(7, options), allen.drawing(7, options)]) {
      await expect(call).rejects.toThrow(kind);
      await expect(call).rejects.toThrow(message);
    }
    await expect(allen.svg(0.5)).rejects.toThrow(/Cannot use id 0.5/);
    expect(asked).toEqual([]);
  });
});
