// The documented requests for rows and trees (reference §11, 15 to 51), as they stand there, asked of the sample.
import { createMirror, sampleStore } from "@brainatlas/mirror";
import { describe, expect, test } from "vitest";
import { readRows } from "../support/plain-xml.ts";

const mirror = createMirror({ store: sampleStore() });
const API = "http://sample.invalid/api/v2";

const SETS = (plane: string, gene: string): string =>
  `query.json?criteria=model::SectionDataSet,rma::criteria,[failed$eq'false'],products[abbreviation$eq'Mouse'],plane_of_section[name$eq'${plane}'],genes[${gene}]`;
const UNIONIZES = (set: number): string =>
  `query.json?criteria=model::StructureUnionize,rma::criteria,[section_data_set_id$eq${set}],structure[id$in182305713,182305709,182305705]`;
const MICROARRAY =
  "query.csv?criteria=model::MicroarraySlide,rma::criteria,sample(structure,microarray_data_set(specimen(donor))),well_known_files,rma::options[tabular$eq'microarray_slides.barcode','microarray_slides.id as array_id','structures.name as structure','donors.name as donor','well_known_files.download_link'][num_rows$eqall]";
const DRAWN =
  "query.csv?criteria=model::AtlasImage,rma::criteria,atlas_data_set(atlases[id$eq1]),graphic_objects(graphic_group_label[id$eq28]),rma::options[tabular$eq'sub_images.id'][order$eq'sub_images.id']&num_rows=all&start_row=0";

/** Ids of the rows, in their order: those of the documentation where the sample has them, or what the sample has in their place. */
const IDS: readonly (readonly [number: number, path: string, ids: readonly number[]])[] = [
  [18, "Organism/1.xml", [1]],
  [19, "Gene/15.xml", []],
  [19, "Chromosome/12.json", [12]],
  [19, "Structure/4005.xml", [4005]],
  [20, "Organism/query.xml?criteria=[name$il'*human*'][id$ne15]", []],
  [24, "query.json?criteria=model::Structure,rma::criteria,[ontology_id$eq1],[id$in997,8]", [8, 997]],
  [25, SETS("sagittal", "acronym$eq'Snca'"), [988, 990, 79904550]],
  [26, SETS("coronal", "acronym$eq'Snca'"), [986, 79908848]],
  [27, SETS("sagittal", "acronym$eq'Gba'"), [1612]],
  [27, SETS("coronal", "acronym$eq'Gba'"), [1611]],
  [27, SETS("sagittal", "acronym$eq'Elf4'"), [73834415, 77464840]],
  [28, SETS("sagittal", "id$eq84193"), [70238925, 71147924, 71213117]],
  [28, SETS("coronal", "id$eq84193"), [74047443]],
  [28, SETS("sagittal", "id$eq18608"), [69289721]],
  [29, UNIONIZES(986), []],
  [30, UNIONIZES(69782969), []],
  [33, "query.json?criteria=model::SectionImage,rma::criteria,[id$eq101945191],rma::include,alignment2d", []],
  [34, "query.json?criteria=model::SectionImage,rma::criteria,[data_set_id$eq479],rma::include,alignment2d", []],
  [35, "query.json?criteria=model::SectionDataSet,rma::criteria,[id$eq479],rma::include,alignment3d", []],
  [
    40,
    "query.json?criteria=model::Donor,rma::criteria,[name$eq'H0351.1015'],rma::options[only$eq'donors.id']",
    [15496],
  ],
  [
    41,
    "query.json?criteria=model::Structure,rma::criteria,[name$il'locus ceruleus'],ontology[name$eq'Human Brain Atlas'],rma::options[only$eq'structures.id']",
    [9148],
  ],
  [
    42,
    "query.json?criteria=model::Probe,rma::criteria,[probe_type$eq'DNA'],products[abbreviation$eq'HumanMA'],gene[acronym$eq'SLC6A2'],rma::options[only$eq'probes.id']",
    [1023146, 1023147],
  ],
  [
    43,
    "query.json?criteria=model::WellKnownFile,rma::criteria,well_known_file_type[name$eq'ImagesResampledTo25MicronARA'][attachable_id$eq156198187]",
    [269830017],
  ],
  [44, "query.json?criteria=model::NeuronalModel,rma::criteria,[id$eq472451419],rma::include,specimen", [472451419]],
  [48, "query.json?criteria=model::SectionDataSet,rma::criteria,products[id$eq2],treatments[name$eq'NISSL']", []],
  [51, "../tree_search/Structure/12547.json?ancestors=true&descendants=true", []],
  [51, "../tree_search/Specimen/113817886.xml?ancestors=true", []],
];

/** Paths of the others, with a word that their answers hold. */
const WORDS: readonly (readonly [number: number, path: string, words: RegExp])[] = [
  [15, "../svg_download/100960224?downsample=4", /^<svg width="660" height="472".*graphic_group_label_id="159226751"/s],
  [21, "Gene/query.xml?criteria=[acronym$il'abat']&include=organism", /<acronym>Abat<.*<organism>.*Mus musculus</s],
  [22, "Gene/describe.xml", /<table>genes</],
  [22, "enumerate.xml", /<table>section_|<table>data_sets</],
  [
    23,
    "query.json?criteria=model::Gene,rma::criteria,products[id$eq1],rma::options[num_rows$eq1]",
    /"num_rows": 1, "total_rows": 57/,
  ],
  [24, "query.json?criteria=model::Structure,rma::criteria,[ontology_id$eq1]", /"num_rows": 50, "total_rows": 234/],
  [
    31,
    "query.json?criteria=model::StructureUnionize,rma::criteria,[section_data_set_id$eq69289763]",
    /"voxel_energy_cv"/,
  ],
  [32, "Structure/query.csv?criteria=[graph_id$eq1]&num_rows=all", /^id,atlas_id,name,acronym,(?:.*\n){235}$/],
  [
    36,
    "SectionDataSet/100141599.xml?include=equalization,section_images",
    /<green-upper type="integer">987<.*<red-upper type="integer">923</s,
  ],
  [37, DRAWN, /^id\n(?:\d+\n){31}$/],
  [
    39,
    "query.json?criteria=model::Equalization,rma::criteria,section_data_set(section_images[id$in126862575,297225768]),rma::options[only$eq'blue_lower,blue_upper,red_lower,red_upper,green_lower,green_upper'][num_rows$eq'all'][count$eqfalse]",
    /\[\{"blue_lower":0,"blue_upper":4095,"green_lower":0,"green_upper":1279,"red_lower":0,"red_upper":932\}\]/,
  ],
  [
    45,
    "query.json?q=model::ExperimentContainer,rma::include,ophys_experiments,isi_experiment,specimen(donor(age,transgenic_lines)),targeted_structure",
    /"total_rows": 3.*"transgenic_lines":/,
  ],
  [46, "query.json?q=model::ApiConnectivity,rma::options[num_rows$eq'all']", /"num_rows": 14, "total_rows": 14/],
  [
    47,
    "query.json?criteria=model::ProjectionStructureUnionize,rma::criteria,[section_data_set_id$in126862385][is_injection$eqfalse][hemisphere_id$in3],rma::include,structure",
    /"hemisphere_id":3,.*"structure":\{/,
  ],
  [49, "../structure_graph_download/1.json", /"total_rows": 1,\s+"msg": \[\s+\{\s+"id": 997,/],
  [50, "../structure_graph_download/10.xml", /<id>4005<.*"locus ceruleus"/s],
  [51, "../tree_search/Structure/695.xml?descendants=true", /num_rows='51'.*<acronym>CTXpl<.*<acronym>VISp</s],
  [
    56,
    "../reference_to_image/9.xml?x=6085&y=3670&z=4883&section_data_set_ids=69782969,100048576",
    /<section-data-set-id>69782969<.*<section-image-id>69750516<.*<section-data-set-id>100048576</s,
  ],
  [66, "../well_known_file_download/491459173", /^# brainatlas sample atlas \(synthetic\)/],
  [
    68,
    "query.json?criteria=service::mouse_differential[set$eq'mouse'][structures1$eq8][structures2$eq315]",
    /"fold-change"/,
  ],
  [
    71,
    "query.json?criteria=service::mouse_connectivity_injection_structure[injection_domain$eqIsocortex][transgenic_lines$eq0]",
    /"transgenic-line":""/,
  ],
  [
    74,
    "query.json?criteria=service::mouse_connectivity_correlation[row$eq112670853][structures$eqTH]",
    /"id":112670853/,
  ],
];

/** Images that the sample does not have: the service has them, and this mirror cannot know. */
const NOT_THERE: readonly (readonly [number: number, path: string])[] = [
  [16, "../svg/100960033?groups=28"],
  [17, "../svg_download/21889"],
];

const REFUSED: readonly (readonly [number: number, path: string])[] = [
  [38, MICROARRAY],
  [52, "../image_to_image/68173101.xml?x=6208&y=2368&section_data_set_ids=67810540,69782969"],
  [
    67,
    "query.json?criteria=service::human_microarray_expression[probes$eq1023146,1023147][donors$eq15496][structures$eq9148]",
  ],
  [76, "query.json?criteria=service::text_search[query_string$eq'abat']"],
];

const urlOf = (path: string): string => new URL(`${API}/data/${path}`).href;

/** Forms in which the same is asked: verbatim, encoded as clients do, and by POST where it is a query. */
async function answersTo(path: string): Promise<Response[]> {
  const [file = "", query = ""] = path.split("?");
  const answers = [await mirror.fetch(urlOf(path))];
  if (query === "") return answers;
  const parameters = new URLSearchParams(query.replaceAll("+", "%2B"));
  answers.push(await mirror.fetch(`${urlOf(file)}?${parameters}`));
  if (!file.includes("query.")) return answers;
  const post = (body: string, type: string): Promise<Response> =>
    mirror.fetch(urlOf(file), { method: "POST", body, headers: { "content-type": type } });
  answers.push(await post(String(parameters), "application/x-www-form-urlencoded"));
  answers.push(await post(JSON.stringify(Object.fromEntries(parameters)), "application/json"));
  return answers;
}

describe("a documented request, in each of its forms,", () => {
  test.each(IDS)("%i, %s, finds %j", async (_, path, ids) => {
    for (const answer of await answersTo(path)) {
      const text = await answer.text();
      expect(answer.status).toBe(200);
      if (path.includes(".xml")) {
        expect(text).toContain("<Response success='true'");
        expect(readRows(text).map(({ id }) => Number(id))).toEqual(ids);
        continue;
      }
      const { success, num_rows, msg } = JSON.parse(text) as {
        success: boolean;
        num_rows: number;
        msg: { id: number }[];
      };
      expect([success, num_rows, msg.map(({ id }) => id)]).toEqual([true, ids.length, ids]);
    }
  });

  test.each(WORDS)("%i, %s, is answered with what belongs there", async (_, path, words) => {
    const texts = await Promise.all(
      (await answersTo(path)).map(async (answer) => {
        expect(answer.status).toBe(200);
        return answer.text();
      }),
    );
    expect(texts[0]).toMatch(words);
    expect(texts[0]).not.toMatch(/"success": ?false|success='false'/);
    expect(new Set(texts).size).toBe(1);
  });

  test.each(NOT_THERE)("%i, %s, is said to be of an unknown image", async (_, path) => {
    for (const answer of await answersTo(path)) {
      expect([answer.status, answer.headers.get("x-brainatlas-reason")]).toEqual([404, null]);
      expect(await answer.json()).toMatchObject({
        success: false,
        msg: expect.stringMatching(/^There is no AtlasImage /),
      });
    }
  });

  test.each(REFUSED)("%i, %s, is said not to be mirrored", async (_, path) => {
    for (const answer of await answersTo(path)) {
      expect([answer.status, answer.headers.get("x-brainatlas-reason")]).toEqual([404, "not-mirrored"]);
      expect(await answer.json()).toMatchObject({ success: false, msg: expect.stringMatching(/^This mirror /) });
    }
  });
});
