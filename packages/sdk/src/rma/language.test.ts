import { env } from "node:process";
import { describe, expect, test } from "vitest";
import { MAX_QUERY_CHARACTERS, parseClauses, parseRma } from "./parse.ts";
import { type PathTarget, parseRmaRequest } from "./parse-request.ts";
import { printRma } from "./print.ts";
import { RmaSyntaxError } from "./rma-syntax-error.ts";

/** The whole queries of the reference (§3.1 to §3.5, §4.1 to §5.3, §7, §8.1, §11), as it writes them. */
const DOCUMENTED = [
  "model::Gene,rma::criteria,[acronym$il'abat']",
  "model::Gene[id$eq15]",
  "model::SectionDataSet[id$eq123],rma::include,alignment3d",
  "model::AtlasImage,rma::criteria,[annotated$eqtrue],atlas_data_set(atlases[id$eq1]),alternate_images[image_type$eq'Atlas+-+Adult+Mouse'],rma::options[order$eq'sub_images.section_number'][num_rows$eqall]",
  "model::AtlasImage,rma::criteria,atlas_data_set(atlases[id$eq1]),graphic_objects(graphic_group_label[id$eq28]),rma::options[tabular$eq'sub_images.id'][order$eq'sub_images.id']",
  "model::Atlas,rma::criteria,structure_graph(ontology),graphic_group_labels,rma::include,structure_graph(ontology),graphic_group_labels,rma::options[only$eq'atlases.id,atlases.name,atlases.image_type,ontologies.id,ontologies.name,structure_graphs.id,structure_graphs.name,graphic_group_labels.id,graphic_group_labels.name'][num_rows$eq'all'][count$eqfalse]",
  "model::Atlas,rma::criteria,[id$eq138322605],rma::options[only$eqimage_type],pipe::list[type_name$is'image_type'],model::AtlasImage,rma::criteria,[annotated$eqtrue],atlas_data_set(atlases[id$eq138322605]),alternate_images[image_type$eq$type_name],rma::options[num_rows$eq'all'][order$eqsub_images.section_number]",
  "model::Structure,rma::criteria,structure_sets[name$in'Mouse Connectivity - Summary']",
  "model::Structure,rma::criteria,[structure_set_id$in7,8]",
  "model::Structure,rma::criteria,graph[structure_graphs.name$in'Mouse Brain Atlas']",
  "model::SectionImage,rma::criteria,[id$eq101945191],rma::include,alignment2d",
  "model::WellKnownFile,rma::criteria,well_known_file_type[name$eq'ImagesResampledTo25MicronARA'][attachable_id$eq156198187]",
  "service::differential[set$eqmouse][domain1$eq688][domain1_threshold$eq0,50][domain2$eq315][domain2_threshold$eq1,50][sort_order$eqdesc]",
  // §11, by the number of the row.
  "model::Gene,rma::criteria,products[id$eq1],rma::options[num_rows$eq1]", // 23
  "model::Structure,rma::criteria,[ontology_id$eq1]", // 24
  "model::SectionDataSet,rma::criteria,[failed$eq'false'],products[abbreviation$eq'Mouse'],plane_of_section[name$eq'sagittal'],genes[acronym$eq'Snca']", // 25
  "model::SectionDataSet,rma::criteria,[failed$eq'false'],products[abbreviation$eq'Mouse'],plane_of_section[name$eq'coronal'],genes[acronym$eq'Snca']", // 26
  "model::SectionDataSet,rma::criteria,[failed$eq'false'],products[abbreviation$eq'Mouse'],plane_of_section[name$eq'sagittal'],genes[acronym$eq'Gba']", // 27
  "model::SectionDataSet,rma::criteria,[failed$eq'false'],products[abbreviation$eq'Mouse'],plane_of_section[name$eq'sagittal'],genes[id$eq84193]", // 28
  "model::StructureUnionize,rma::criteria,[section_data_set_id$eq986],structure[id$in182305713,182305709,182305705]", // 29
  "model::StructureUnionize,rma::criteria,[section_data_set_id$eq69782969],structure[id$in182305713,182305709,182305705]", // 30
  "model::StructureUnionize,rma::criteria,[section_data_set_id$eq69289763]", // 31
  "model::SectionImage,rma::criteria,[data_set_id$eq479],rma::include,alignment2d", // 34
  "model::SectionDataSet,rma::criteria,[id$eq479],rma::include,alignment3d", // 35
  "model::MicroarraySlide,rma::options[tabular$eq'microarray_slides.barcode,microarray_data_sets.id+as+array_id,structures.name as structure,donors.name as donor']", // 38
  "model::Equalization,rma::criteria,section_data_set(section_images[id$in126862575,297225768]),rma::options[only$eq'blue_lower,blue_upper,red_lower,red_upper,green_lower,green_upper'][num_rows$eq'all'][count$eqfalse]", // 39
  "model::Donor,rma::criteria,[name$eq'H0351.1015'],rma::options[only$eq'donors.id']", // 40
  "model::Structure,rma::criteria,[name$il'locus ceruleus'],ontology[name$eq'Human Brain Atlas'],rma::options[only$eq'structures.id']", // 41
  "model::Probe,rma::criteria,[probe_type$eq'DNA'],products[abbreviation$eq'HumanMA'],gene[acronym$eq'SLC6A2'],rma::options[only$eq'probes.id']", // 42
  "model::NeuronalModel,rma::criteria,[id$eq472451419],neuronal_model_template(well_known_files(well_known_file_type)),specimen(ephys_result(well_known_files(well_known_file_type)),neuron_reconstructions(well_known_files(well_known_file_type)),ephys_sweeps),well_known_files(well_known_file_type)", // 44
  "model::ExperimentContainer,rma::include,ophys_experiments,isi_experiment,specimen(donor(age,transgenic_lines)),targeted_structure", // 45
  "model::ApiConnectivity,rma::options[num_rows$eq'all']", // 46
  "model::ProjectionStructureUnionize,rma::criteria,[section_data_set_id$in126862385][is_injection$eqfalse][hemisphere_id$in3],rma::include,structure", // 47
  "model::SectionDataSet,rma::criteria,products[id$eq2],treatments[name$eq'NISSL']", // 48
  "service::human_microarray_expression[probes$eq1023146,1023147][donors$eq15496][structures$eq9148]", // 67
  "service::mouse_differential[set$eq'mouse'][structures1$eq8][structures2$eq315]", // 68
  "service::mouse_correlation[set$eqmouse][row$eq68918934]", // 69
  "service::mouse_agea[set$eqmouse_coronal][seed_age$eqP56][map_age$eqP56][seed_point$eq6800,4200,5600][correlation_threshold1$eq0.84][correlation_threshold2$eq0.93]", // 70
  "service::mouse_connectivity_injection_structure[injection_domain$eqIsocortex][transgenic_lines$eq0]", // 71
  "service::mouse_connectivity_injection_structure[injection_structures$eqIsocortex][primary_structure_only$eqtrue]", // 72
  "service::mouse_connectivity_target_spatial[seed_point$eq6900,5050,6450]", // 73
  "service::mouse_connectivity_injection_coordinate[seed_point$eq6900,5050,6450]", // 73
  "service::mouse_connectivity_correlation[row$eq112670853][structures$eqTH]", // 74
  "service::dev_human_correlation[set$eqrna_seq_genes][probes$eq1090294][structures$eq'CBC']", // 75
  "service::text_search[query_string$eq'abat']", // 76
  "service::human_microarray_expression[probes$eq1051154]", // 78
  "service::mouse_differential[set$eq'mouse'][structures1$eq8][structures2$eq315][num_rows$eq5],pipe::list[xids$is'id'],model::SectionDataSet,rma::criteria,[id$in$xids],rma::include,genes",
];

/** Filters of §3.2 to §3.4 that come without a query around them. */
const FRAGMENTS = [
  "[name$eqMouse]",
  "[failed$eqfalse]",
  "[failed$eq'false']",
  "[failed$eq'f']",
  "[failed$eqt]",
  "treatments[name$eq'NISSL']",
  "[name$il'*human*']",
  "[name$il*Reference*]",
  "[orientation_id]",
  "[storage_directory$nenull]",
  "[storage_directory$ne'nil']",
  "[intensity_call$ne'']",
  "graph[structure_graphs.name$in'Mouse Brain Atlas']",
  "genes[acronym$eq'Pdyn']",
  "specimen(donor(age[name$in'P56']))",
];

/** Options of §3.4. */
const OPTIONS = [
  "[num_rows$eq50]",
  "[num_rows$eqall]",
  "[num_rows$eq'all']",
  "[start_row$eq0]",
  "[order$eq'a.b$asc,c$desc']",
  "[order$eqstructures.graph_order]",
  "[order$eq'name+asc']",
  "[only$eq'probes.id,genes.acronym']",
  "[except$eq'a,b']",
  "[excpt$eq'tags']",
  "[tabular$eq'barcode,structures.name as structure,distinct x']",
  "[count$eqfalse]",
  "[debug$eqtrue]",
  "[debug$eq'preview']",
];

test.each([
  ...DOCUMENTED,
  ...FRAGMENTS.map((text) => `model::A,rma::criteria,${text}`),
  ...OPTIONS.map((text) => `model::A,rma::options${text}`),
])("parseRma() reads the documented query %s", (text) => {
  const tree = parseRma(text);
  expect(parseRma(printRma(tree))).toEqual(tree);
  // As it stands in a URL, too.
  const [written] = new URL(`http://a/?criteria=${encodeURIComponent(text)}`).searchParams.values();
  expect(parseRma(written ?? "")).toEqual(tree);
});

/** Requests of §3.1, §4.1 and §11 whose clauses are parameters of the URL. */
const REQUESTS: [path: string, target: PathTarget | undefined, search: string][] = [
  ["data/query", undefined, "criteria=model::Gene,rma::criteria,[acronym$il'abat']"],
  ["data/query", undefined, "q=model::Gene,rma::criteria,[acronym$il'abat']"],
  ["data/Gene/query", { model: "Gene" }, "criteria=[acronym$il'abat']&include=organism"],
  ["data/Gene/15", { model: "Gene", id: 15 }, "include=organism"],
  ["data/query", undefined, "include=model::Gene[id$eq15]"],
  ["data/Gene", { model: "Gene" }, ""],
  [
    "data/SectionDataSet/query",
    { model: "SectionDataSet" },
    "criteria=[failed$eqfalse]&include=genes[id$eq1],products[id$eq3],specimen(donor(age[name$in'P4','P14'])),rma::options[order$eq'ages.embryonic$desc,ages.days']",
  ],
  ["data/Organism/1", { model: "Organism", id: 1 }, ""], // 18
  ["data/Structure/4005", { model: "Structure", id: 4005 }, ""], // 19
  ["data/Organism/query", { model: "Organism" }, "criteria=[name$il'*human*'][id$ne15]"], // 20
  ["data/Gene/query", { model: "Gene" }, "criteria=[acronym$il'abat']&include=organism"], // 21
  ["data/Structure/query", { model: "Structure" }, "criteria=[graph_id$eq1]&num_rows=all"], // 32
  ["data/SectionDataSet/100141599", { model: "SectionDataSet", id: 100141599 }, "include=equalization,section_images"], // 36
  [
    "data/query",
    undefined,
    "criteria=model::AtlasImage,rma::criteria,atlas_data_set(atlases[id$eq1]),graphic_objects(graphic_group_label[id$eq28]),rma::options[tabular$eq'sub_images.id'][order$eq'sub_images.id']&num_rows=all&start_row=0",
  ], // 37
];

test.each(REQUESTS)("parseRmaRequest() reads the documented request %s", (_, target, search) => {
  const tree = parseRmaRequest(new URLSearchParams(search), target);
  expect(parseRma(printRma(tree))).toEqual(tree);
});

/** Numbers from 0 to 1, the same ones each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const TOKENS = [
  ..."[](),'$*.:+-_% \n\t\u0000\u00a0\u2028\ufeff\u202e",
  ...["model::", "service::", "pipe::list", "rma::", "rma::criteria", "rma::include", "rma::options", "attribute::"],
  ...["$eq", "$in", "$il", "$is", "$xx", "$", "nil", "null", "true", "1e999", "-0", ".5", "99999999999999999999"],
  ...["%27", "%5B", "%E4", "%", "a", "A", "__proto__", "constructor", "num_rows", "tabular", " as ", "distinct "],
  ...["é", "漢", "🧠", "\ud800", "\udfff", "́"],
];

/** Makes texts of real queries and of nothing at all; what it makes depends on the seed alone. */
function createMutator(seed: number): () => string {
  const random = seeded(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = (from: readonly string[]): string => from[below(from.length)] ?? "";
  const part = (text: string): [start: number, end: number] => {
    const start = below(text.length + 1);
    return [start, Math.min(text.length, start + below(12))];
  };
  const unit = (): string => (random() < 0.8 ? pick(TOKENS) : String.fromCharCode(below(0x1_0000)));
  const mutations: ((text: string, start: number, end: number) => string)[] = [
    (text, start, end) => text.slice(0, start) + text.slice(end),
    (text, start, end) => text.slice(0, end) + text.slice(start),
    (text, start, end) => text.slice(0, start) + unit() + text.slice(end),
    (text, start) => text.slice(0, start) + unit() + text.slice(start),
    (text, start, end) => text.slice(0, start) + [...text.slice(start, end)].reverse().join("") + text.slice(end),
    (text, start, end) => text.slice(0, start) + text.slice(start, end).toUpperCase() + text.slice(end),
    (text, start, end) =>
      text.slice(0, start) + encodeURI(text.slice(start, end).replaceAll(/\p{Surrogate}/gu, "")) + text.slice(end),
    (text, start) => text.slice(0, start) + pick(DOCUMENTED).slice(below(40)),
    (text, start, end) => text.slice(0, start) + text.slice(start, end).repeat(1 + below(20)) + text.slice(end),
    (text, start) =>
      text.slice(0, start) + pick(["a(", "(", "[", "'", ")", ","]).repeat(1 + below(60)) + text.slice(start),
  ];
  return () => {
    let text = random() < 0.9 ? pick(DOCUMENTED) : Array.from({ length: below(30) }, unit).join("");
    for (let count = 1 + below(5); count > 0; count -= 1) {
      text = mutations[below(mutations.length)]?.(text, ...part(text)) ?? text;
    }
    return text;
  };
}

type Read = (text: string) => unknown;
const READERS: readonly Read[] = [
  (text) => {
    const tree = parseRma(text);
    // Printing must carry all that was read; comparing texts takes a tenth of the time of comparing trees.
    const again = parseRma(printRma(tree));
    if (JSON.stringify(again) !== JSON.stringify(tree)) expect(again).toEqual(tree);
  },
  (text) => parseClauses(text, "criteria"),
  (text) => parseClauses(text, "include"),
  (text) => parseRmaRequest(new URLSearchParams({ criteria: text, include: text, order: text, num_rows: text })),
  (text) => parseRmaRequest(new URLSearchParams(text), { model: "Gene" }),
];

/** Fails unless the readers take a text, or refuse it by an error of their own with a place in it. */
function expectRead(text: string): void {
  for (const [index, read] of READERS.entries()) {
    try {
      read(text);
    } catch (error) {
      const sound = error instanceof RmaSyntaxError && error.offset >= 0 && error.offset <= text.length;
      if (!sound) throw new Error(`reader ${index} of ${JSON.stringify(text)}`, { cause: error });
    }
  }
}

const RUNS = env.BRAINATLAS_LONG === undefined ? 5000 : 1_000_000;

test(`parseRma() throws nothing but its own error, on ${RUNS} changed texts`, { timeout: 1_800_000 }, () => {
  const next = createMutator(20_240_229);
  let refused = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const text = next();
    expectRead(text);
    refused += isRefused(text) ? 1 : 0;
  }
  // Were all of them refused, or none, the texts would say little.
  expect(refused / RUNS).toBeGreaterThan(0.3);
  expect(refused / RUNS).toBeLessThan(0.95);
});

function isRefused(text: string): boolean {
  try {
    parseRma(text);
    return false;
  } catch {
    return true;
  }
}

describe("parseRma() reads a query as long as it may be", () => {
  const fill = (head: string, unit: string, tail = ""): string =>
    head + unit.repeat(Math.floor((MAX_QUERY_CHARACTERS - head.length - tail.length) / unit.length)) + tail;
  test.each([
    ["of terms", fill("model::A,rma::criteria", ",[a]")],
    ["of filters", fill("model::A,rma::criteria,", "[a]")],
    ["of associations", fill("model::A,rma::include", ",a")],
    ["of terms below", fill("model::A,rma::criteria,b(a", ",a", ")")],
    ["of groups below", fill("model::A,rma::criteria,b", "(a)")],
    ["of clauses", fill("model::A", ",rma::criteria,a")],
    ["of stages", fill("model::A", ",model::A")],
    ["of values", fill("model::A[a$in1", ",1", "]")],
    ["of columns", fill("model::A,rma::options[only$eq'", "a,", "a']")],
    ["of text", fill("model::A[a$eq'", "x ", "']")],
    ["of text without quotes", fill("model::A[a$eq", "x ", "]")],
    ["of blanks", fill("model::A", " ")],
  ])("%s", (_, text) => {
    const tree = parseRma(text);
    expect(printRma(tree).length).toBeGreaterThan(7);
  });

  test.each([
    ["nesting", fill("model::A,rma::criteria,", "a(")],
    ["commas", fill("model::A,rma::criteria", ",")],
    ["escapes", fill("", "%41")],
    ["one character more", `model::A${" ".repeat(MAX_QUERY_CHARACTERS - 7)}`],
  ])("but not one of %s", (_, text) => {
    expect(() => parseRma(text)).toThrow(RmaSyntaxError);
  });
});
