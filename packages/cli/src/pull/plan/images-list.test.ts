import { parseRma } from "@brainatlas/sdk/rma";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkProperty } from "../../../../../tests/support/property.ts";
import { UsageError } from "../../errors.ts";
import { planImagesList } from "./images-list.ts";
import { parseImagesList } from "./parse-images-list.ts";
import { countRows, imageRow, mirrorApi, NEVER, namesOf, rowsApi, sampleApi } from "./plan.test-kit.ts";

const plain = { service: undefined, view: "primary", atlas: undefined, isPartial: false };

describe("parseImagesList()", () => {
  test("reads ids and URLs, one a line, and passes over remarks", () => {
    const text = `\uFEFF# plates\r\n100960224\n\n  7  \n/api/v2/section_image_download/9?view=expression
https://api.brain-map.org/api/v2/atlas_image_download/100883869?downsample=4&annotation=true&atlas=2\n`;
    expect(parseImagesList(text)).toEqual([
      { line: 2, id: 100960224, ...plain },
      { line: 4, id: 7, ...plain },
      { line: 5, id: 9, ...plain, service: "section", view: "expression" },
      { line: 6, id: 100883869, service: "atlas", view: "annotation", atlas: 2, isPartial: true },
    ]);
  });

  test("reads a table by its heading, in csv and tsv", () => {
    const csv = 'name,ID,service,view,downsample\n"a, b",1,atlas,annotation,\nc,2,SectionImage,,4\nd,3\n';
    expect(parseImagesList(csv)).toEqual([
      { ...plain, line: 2, id: 1, service: "atlas", view: "annotation" },
      { ...plain, line: 3, id: 2, service: "section", isPartial: true },
      { ...plain, line: 4, id: 3 },
    ]);
    expect(parseImagesList("id\ttype\n5\tprojection_image_download\n")).toMatchObject([
      { id: 5, service: "projection" },
    ]);
  });

  test.each([
    ["1\nx\n-3\n", /line 2 \("x"\): it is neither an id nor a URL; line 3 \("-3"\)/],
    ["1,2\n", /line 1 \("1,2"\): it is neither/],
    ["https://example.org/a.jpg", /line 1 .*: it is the URL of no image/],
    ["/api/v2/atlas_image_download/0", /it is the URL of no image/],
    ["/api/v2/section_image_download/1?downsample=x", /line 1 .*: Cannot use downsample "x"/],
    ["/api/v2/image_download/1?view=tumor_feature_boundary", /overlays of tumors cannot be pulled/],
    ["id,service\n1,movie\n", /line 2 \("1,movie"\): "movie" is no service; give one of atlas/],
    ["id,view\n1,inside\n", /"inside" is no view/],
    ["id\n1,2\n", /line 2 \("1,2"\): it has 2 columns, and the heading 1/],
    [`${"9".repeat(5000)}\n`, /line 1 .*: it is too long/],
    ["# nothing\n", /it names none/],
    [Array.from({ length: 9 }, () => "x").join("\n"), /line 5 .*; and 4 others$/],
    ["1\n".repeat(50_001), /more than 50000 images/],
  ])("refuses %j", (text, message) => {
    expect(() => parseImagesList(text)).toThrow(message);
    expect(() => parseImagesList(text)).toThrow(UsageError);
  });

  test("reads what it reads, and refuses all else with words", () => {
    const line = fc.oneof(
      fc.integer({ min: 1 }).map(String),
      fc.string({ unit: "binary" }),
      fc.constantFrom("id,view", "1,primary", '"', ",,"),
    );
    checkProperty(
      fc.property(fc.array(line), (lines) => {
        try {
          for (const { id } of parseImagesList(lines.join("\n"))) expect(id).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
    );
  });
});

describe("planImagesList()", () => {
  test("finds images of any class, with the picture that is meant", async () => {
    const text = `100960224
/api/v2/section_image_download/69750516?expression=true
/api/v2/projection_image_download/126862575?view=projection&downsample=3
/api/v2/atlas_image_download/100883869?annotation=true&atlas=2
126862575
/api/v2/image_download/100960224
12345`;
    const plan = await planImagesList(await sampleApi(), text, NEVER);
    expect(namesOf(plan)).toEqual([
      expect.stringMatching(/^plates\/\d{4}_100960224$/),
      "expression/0210_69750516",
      "projection/0070_126862575",
      expect.stringMatching(/^annotations\/atlas-2\/\d{4}_100883869$/),
      "sections/0070_126862575",
    ]);
    expect(plan.things[3]).toMatchObject({ atlas: 2, path: expect.stringContaining("/0205081399_mouse_rendered") });
    expect(plan.notes).toEqual([
      "whole pictures are pulled: tier, region and quality of 1 line are not heeded",
      "line 7: image 12345 is unknown and left out",
    ]);
    expect(countRows(plan)).toEqual({ atlas_images: 2, section_images: 2, atlases: 12 });
  }, 60_000);

  test("asks for nothing where a line is bad", async () => {
    const { api, asked } = await rowsApi([]);
    await expect(planImagesList(api, "1\nx\n", NEVER)).rejects.toThrow("line 2");
    expect(asked).toEqual([]);
  });

  test("asks for the rows of many images in groups", async () => {
    const asked: number[] = [];
    const api = await mirrorApi(async (url, { body }) => {
      const query = decodeURIComponent(`${url}${body ?? ""}`);
      const ids = /model::AtlasImage.*\[id\$in([\d,]+)/.exec(query)?.[1]?.split(",").map(Number) ?? [];
      if (ids.length > 0) asked.push(ids.length);
      const [start, count] = [/start_row\$eq(\d+)/, /num_rows\$eq(\d+)/].map((each) =>
        Number(each.exec(query)?.[1] ?? 0),
      );
      const rows = ids.slice(start, (start ?? 0) + (count ?? 0)).map((id) => imageRow(id));
      return Response.json({
        success: true,
        start_row: start,
        num_rows: rows.length,
        total_rows: ids.length,
        msg: rows,
      });
    });
    const list = Array.from({ length: 2500 }, (_, index) => index + 1);
    const plan = await planImagesList(api, list.join("\n"), NEVER);
    expect(asked).toEqual([1000, 1000, 500]);
    expect([plan.things.length, countRows(plan)]).toEqual([2500, { atlas_images: 2500 }]);
    expect(parseRma(plan.records[0]?.query ?? "")).toBeDefined();
  });

  test("leaves out what a service does not answer for, and what an image has not", async () => {
    const { api } = await rowsApi((query) => {
      if (query.startsWith("model::SectionImage")) return [imageRow(1), imageRow(2)];
      return query.startsWith("model::SubImage") ? [imageRow(3)] : [];
    });
    const plan = await planImagesList(
      api,
      "id,service,view\n1,atlas,\n2,,expression\n3,section,\n3,any,\n2,,annotation\n",
      NEVER,
    );
    expect(namesOf(plan)).toEqual(["images/0003_3"]);
    expect(plan.notes).toEqual([
      "2 left out, lines whose service does not answer for the image: 2, 4",
      "1 left out, lines whose images have no expression picture: 3",
      "1 left out, lines whose images have no annotation picture: 6",
    ]);
  });

  test("refuses a list of which the API has no image", async () => {
    const { api } = await rowsApi([]);
    await expect(planImagesList(api, "1\n2\n", NEVER)).rejects.toMatchObject({
      cause: { message: expect.stringMatching(/^Cannot find one of the 2 images of the list/) },
    });
  });
});
