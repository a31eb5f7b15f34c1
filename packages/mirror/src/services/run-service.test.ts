import { describe, expect, test } from "vitest";
import { askSample, getSample, sampleRows } from "../../../../tests/support/plain-services.ts";

describe("services that are not to be had", () => {
  test.each([
    ["human_microarray_expression[probes$eq1023146,1023147][donors$eq15496][structures$eq9148]", "does not compute"],
    [
      "mouse_agea[set$eqmouse_coronal][seed_age$eqP56][map_age$eqP56][seed_point$eq6800,4200,5600][correlation_threshold1$eq0.84]",
      "does not compute",
    ],
    ["text_search[query_string$eq'abat']", "does not compute"],
    ["mouse_correlation[set$eqmouse][row$eq68918934]", "holds no values by structure of the data set 68918934"],
    ["mouse_connectivity_injection_structure[injection_structures$eqIsocrtx]", 'near it: \\"Isocortex\\"'],
    ["mouse_differential[set$eqmouse][structures1$eq8][structures2$eq1000000007]", 'no structure \\"1000000007\\"'],
  ])("%.60s is not mirrored", async (text, words) => {
    const response = await getSample(`service::${text}`);
    expect([response.status, response.headers.get("x-brainatlas-reason")]).toEqual([404, "not-mirrored"]);
    expect(await response.text()).toContain(words);
  });

  test.each([
    "mouse_correlation[set$eqmouse][row$eq'1 or 1=1']",
    "mouse_correlation[set$eqmouse][row$eq69782969][structures$eq'x\"); drop table structures; --']",
    "mouse_connectivity_injection_structure[injection_structures$eq'%','*','\u0000']",
    "mouse_connectivity_injection_coordinate[seed_point$eqNaN,NaN,NaN]",
    `mouse_connectivity_injection_structure[injection_structures$eq${"315,".repeat(20_001)}315]`,
    `mouse_differential[set$eqmouse][structures1$eq8][structures2$eq315]${"[x$eq1]".repeat(300)}`,
  ])("hostile parameters are refused: %.80s", async (text) => {
    const answer = await (await getSample(`service::${text}`)).json();
    expect(answer).toMatchObject({ success: false, msg: expect.any(String) });
    expect(answer.msg.length).toBeLessThan(1000);
    expect((await sampleRows("service::mouse_correlation[set$eqmouse][row$eq69782969][num_rows$eq1]")).length).toBe(1);
  });

  test("lists as long as is allowed are answered", async () => {
    const ids = `${"315,".repeat(19_999)}315`;
    const found = await sampleRows(`service::mouse_connectivity_injection_structure[injection_structures$eq${ids}]`);
    expect(found).toHaveLength(8);
    // Lines that there are not find nothing.
    const lines = await askSample(
      `service::mouse_connectivity_injection_coordinate[seed_point$eq1,2,3][transgenic_lines$eq'${"x".repeat(9999)}']`,
    );
    expect(lines).toMatchObject({ success: true, msg: {} });
  });

  test("an answer cannot be had as CSV, but rows after a pipe can", async () => {
    const service = "service::mouse_differential[set$eqmouse][structures1$eq8][structures2$eq315][num_rows$eq2]";
    const refused = await getSample(service, "csv");
    expect([refused.status, await refused.json()]).toMatchObject([
      400,
      { success: false, msg: expect.stringContaining("CSV") },
    ]);
    const csv = await (await getSample(`${service},pipe::list[x$is'id'],model::SectionDataSet[id$in$x]`, "csv")).text();
    expect(csv.trim().split("\n")).toHaveLength(3);
  });

  test("XML, HEAD and a file's name are those of other answers", async () => {
    const service = "service::mouse_connectivity_injection_coordinate[seed_point$eq1,2,3][num_rows$eq1]";
    const xml = await getSample(service, "xml");
    expect(xml.headers.get("content-type")).toBe("application/xml; charset=utf-8");
    expect(await xml.text()).toMatch(
      /^<Response success='true' start_row='0' num_rows='1' total_rows='14'><objects>\n {2}<object>\n/,
    );
    const failed = await (await getSample("service::mouse_correlation[set$eqx]", "xml")).text();
    expect(failed).toMatch(
      /^<Response success='false' .*<msg>Error in query: service::mouse_correlation\[set\$eqx\], /,
    );
    const head = await getSample(service, "json", { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect(head.headers.get("content-disposition")).toBe("attachment; filename=rows.json");
    expect(head.headers.get("x-brainatlas-source")).toBe("computed");
  });
});
