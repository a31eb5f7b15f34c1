import { expect, test } from "vitest";
import { createMirror } from "../mirror.ts";
import { SAMPLE_BASE_URL, sampleStore } from "../store/sample-store.ts";
import { answerConditions } from "./conditional.ts";

const mirror = createMirror({ store: sampleStore() });

test.each(["api/v2/svg/100883869?downsample=4", "api/v2/well_known_file_download/491459173"])(
  "answerConditions() decides for %s",
  async (path) => {
    const ask = async (headers: Record<string, string>): Promise<[status: number, tag: string]> => {
      const response = await mirror.fetch(`${SAMPLE_BASE_URL}/${path}`, { headers });
      return [response.status, response.headers.get("etag") ?? ""];
    };
    const [status, etag] = await ask({});
    expect(status).toBe(200);
    expect(await ask({ "if-match": etag })).toEqual([200, etag]);
    expect(await ask({ "if-match": '"other"' })).toEqual([412, etag]);
    expect(await ask({ "if-none-match": etag })).toEqual([304, etag]);
    expect(await ask({ "if-none-match": `"a,b", , W/${etag}` })).toEqual([304, etag]);
    expect(await ask({ "if-none-match": ", ," })).toEqual([200, etag]);
  },
);

test("answerConditions() matches no tag where there is none", () => {
  const decide = (headers: Record<string, string>): number | undefined =>
    answerConditions(new Request("http://x", { headers }), { etag: undefined, lastModified: undefined }, {})?.status;
  expect(decide({ "if-none-match": '"a",' })).toBeUndefined();
  expect(decide({ "if-none-match": '""' })).toBeUndefined();
  expect(decide({ "if-none-match": "undefined" })).toBeUndefined();
  expect(decide({ "if-match": '"a",' })).toBe(412);
  expect([decide({ "if-none-match": "*" }), decide({ "if-match": "*" })]).toEqual([304, undefined]);
});

test("answerConditions() knows a tag with a comma in it", () => {
  const request = new Request("http://x", { headers: { "if-none-match": '"x", "a,b"' } });
  expect(answerConditions(request, { etag: '"a,b"', lastModified: undefined }, {})?.status).toBe(304);
});
