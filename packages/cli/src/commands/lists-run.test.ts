import { describe, expect, test } from "vitest";
import { createFakeContext, type FakeContext, type FakeOptions } from "../fake-context.test-kit.ts";
import { type FakeService, rowsService } from "../fake-service.test-kit.ts";
import { runProgram } from "../program.ts";

type Run = { code: number; context: FakeContext; service: FakeService };

async function run(args: string, rows: Parameters<typeof rowsService>[0], options: FakeOptions = {}): Promise<Run> {
  const service = rowsService(rows);
  const context = createFakeContext({ fetch: service.fetch, ...options });
  return { code: await runProgram(args.split(" "), context), context, service };
}

const ATLASES = [
  {
    id: 1,
    name: "Mouse, P56, Coronal",
    image_type: "Atlas - Adult Mouse",
    structure_graph_id: 1,
    structure_graph: { id: 1, name: "Mouse Brain Atlas" },
  },
  { id: 265297126, name: "Human Brain Atlas Guide", image_type: null, structure_graph_id: null, structure_graph: null },
];

describe("atlases", () => {
  test("lists them, with what comes from their ontology", async () => {
    const { code, context, service } = await run("atlases", ATLASES);
    expect([code, context.stderr.text]).toEqual([0, ""]);
    expect(context.stdout.text).toBe(
      [
        "id\tname\timage_type\tstructure_graph.id\tstructure_graph.name",
        "1\tMouse, P56, Coronal\tAtlas - Adult Mouse\t1\tMouse Brain Atlas",
        "265297126\tHuman Brain Atlas Guide\t\t\t",
        "",
      ].join("\n"),
    );
    expect(service.asked).toEqual([
      "model::Atlas,rma::include,structure_graph,rma::options[order$eq'id'][num_rows$eq2000]",
    ]);
  });

  test("prints a table that fits the terminal, and whole rows as JSON", async () => {
    const { context } = await run("atlases --fields id,name,structure_graph.name", ATLASES, {
      terminal: { columns: 50 },
    });
    expect(context.stdout.text).toBe(
      [
        "       id  name                  structur…aph.name",
        "        1  Mouse, P56, Coronal   Mouse Brain Atlas",
        "265297126  Human Brain Atlas G…",
        "",
      ].join("\n"),
    );
    expect(JSON.parse((await run("atlases --json --limit 1", ATLASES)).context.stdout.text)).toEqual(
      ATLASES.slice(0, 1),
    );
  });

  test("the sample's are said to be synthetic", async () => {
    // Only what the command takes of the package.
    const parts = {
      SAMPLE_BASE_URL: "http://sample.invalid",
      sampleStore: () => ({}),
      createMirror: () => ({ fetch: rowsService(ATLASES).fetch }),
    };
    const load = { mirror: async () => parts as never };
    const { context } = await run("atlases --api sample", [], { load, terminal: {} });
    expect(context.stderr.text).toBe("credit: synthetic sample, not data of the Allen Institute\n");
  });
});

describe("plates", () => {
  const PLATES = [
    { id: 100960224, section_number: 1, annotated: true, resolution: 1.047, width: 7555, height: 5434, path: "/a.aff" },
  ];

  test("lists those of the coronal mouse atlas, or of another", async () => {
    const { context, service } = await run("plates", PLATES);
    expect(context.stdout.text).toBe(
      "id\tsection_number\tannotated\tresolution\twidth\theight\n100960224\t1\ttrue\t1.047\t7555\t5434\n",
    );
    expect(service.asked[0]).toContain("model::AtlasImage,rma::criteria,atlas_data_set(atlases[id$in1]),");
    const sagittal = await run("plates --atlas 2 --annotated --fields path --format ndjson", PLATES);
    expect(sagittal.context.stdout.text).toBe('{"path":"/a.aff"}\n');
    expect(sagittal.service.asked[0]).toContain("[annotated$eqtrue],atlas_data_set(atlases[id$in2]),");
  });

  test("says of how many a limit is, without advice that it does not take", async () => {
    const { context } = await run("plates --limit 1 --fields id", [...PLATES, { ...PLATES[0], id: 7 }]);
    expect([context.stdout.text, context.stderr.text]).toEqual(["id\n100960224\n", "note: 1 of 2 rows\n"]);
  });

  test("says that there is no such atlas", async () => {
    const { code, context } = await run("plates --atlas 3", []);
    expect([code, context.stderr.text]).toEqual([0, expect.stringMatching(/^note: no rows: There is no atlas 3\n$/)]);
  });
});

describe("datasets", () => {
  const SETS = [
    {
      id: 70238925,
      failed: false,
      genes: [{ id: 18376, acronym: "Pdyn" }],
      plane_of_section: { id: 2, name: "sagittal" },
      products: [{ id: 1, abbreviation: "Mouse" }],
      specimen: { id: 5, donor: { id: 6, age: { id: 15, name: "P56" } } },
    },
  ];

  test("finds them by gene, plane, product and age", async () => {
    const { context, service } = await run(
      "datasets --gene Pdyn --plane sagittal --product Mouse --age P56 --format csv",
      SETS,
    );
    expect(context.stdout.text).toBe(
      'id,genes.acronym,plane_of_section.name,products.abbreviation,specimen.donor.age.name,failed\n70238925,"[""Pdyn""]",sagittal,"[""Mouse""]",P56,false\n',
    );
    expect(service.asked).toEqual([
      "model::SectionDataSet,rma::criteria,[failed$eqfalse],products[abbreviation$in'Mouse'],plane_of_section[name$in'sagittal'],genes[acronym$in'Pdyn'],specimen(donor(age[name$in'P56'])),rma::include,genes,plane_of_section,products,specimen(donor(age)),rma::options[order$eq'id'][num_rows$eq50]",
    ]);
  });

  test("takes ids for acronyms, several values, and failed ones", async () => {
    const { service } = await run("datasets --gene 18608,18376 --treatment ISH,NISSL --failed --all", SETS);
    expect(service.asked[0]).toContain(
      "rma::criteria,genes[id$in18608,18376],treatments[name$in'ISH','NISSL'],rma::include",
    );
    expect(service.asked[0]).toContain("[num_rows$eq2000]");
  });

  test("shows a table to a reader", async () => {
    const { context } = await run("datasets --gene Pdyn --fields id,genes.acronym,genes", SETS, { terminal: {} });
    expect(context.stdout.text).toBe("      id  genes.acronym  genes\n70238925  Pdyn           1 row\n");
  });

  test("says why there are none, as far as that is known", async () => {
    const none = (query: string): readonly unknown[] =>
      query.includes("acronym$il'PDYN'") ? SETS.map((set) => ({ ...set, treatments: [] })) : [];
    const { code, context } = await run("datasets --gene PDYN", none);
    expect(code).toBe(0);
    expect(context.stderr.text).toMatch(/^note: no rows: .*gene "PDYN".*"Pdyn".*\n$/);
  });

  test("says, where no reason is known, that failed ones are not among them", async () => {
    const text = "note: no rows\nhint: --failed takes those that failed the quality control, too\n";
    expect((await run("datasets", [])).context.stderr.text).toBe(text);
    expect((await run("datasets --failed", [])).context.stderr.text).toBe("note: no rows\n");
  });

  test.each([
    ["datasets --plane sagital", 'Cannot use plane "sagital"; give "sagittal"'],
    ["datasets --all --limit 3", "Cannot use --all with --limit; leave one of them out"],
    ["datasets --gene 1,Pdyn,", 'Cannot use --gene "1,Pdyn,"; give names with commas between them, such as Pdyn'],
    ["plates --atlas 0", 'Cannot use --atlas "0"; give a whole number of 1 or more, such as 1'],
    ["atlases --formt csv", "unknown option '--formt'"],
  ])("%s is wrong usage", async (args, message) => {
    const { code, context, service } = await run(args, SETS);
    expect([code, context.stdout.text, service.asked]).toEqual([2, "", []]);
    expect(context.stderr.text).toContain(`error: ${message}`);
  });
});
