import { expectTypeOf } from "vitest";
import type { ModelQuery } from "../rma/builder-query.ts";
import type { RowOf } from "../rma/builder-stages.ts";
import type { Models } from "../rma/schema.generated.ts";
import * as alignments from "./alignments.ts";
import * as atlasImages from "./atlas-images.ts";
import * as atlases from "./atlases.ts";
import * as connectivity from "./connectivity.ts";
import * as ecephys from "./ecephys.ts";
import * as genes from "./genes.ts";
import * as manualAnnotations from "./manual-annotations.ts";
import * as microarray from "./microarray.ts";
import type { ModelRow, QueryOf } from "./model-types.ts";
import * as neuronalModels from "./neuronal-models.ts";
import * as observatory from "./observatory.ts";
import * as sectionDataSets from "./section-data-sets.ts";
import * as specimens from "./specimens.ts";
import * as structures from "./structures.ts";
import * as unionizes from "./unionizes.ts";

// Rows are those of the model.
expectTypeOf(structures.byAcronym("VISp", { graphId: 1 })).toEqualTypeOf<ModelQuery<Models["Structure"]>>();
expectTypeOf(sectionDataSets.find()).toEqualTypeOf<QueryOf<"SectionDataSet">>();
expectTypeOf<ModelRow<"Gene">>().toEqualTypeOf<Models["Gene"]["attributes"]>();
const plates = atlasImages.annotatedByType(1);
expectTypeOf<RowOf<typeof plates>>().toEqualTypeOf<ModelRow<"AtlasImage">>();
const projection = unionizes.projection(1);
expectTypeOf<RowOf<typeof projection>["projection_energy"]>().toEqualTypeOf<number | null>();

// With what is included.
const overview = atlases.overview();
expectTypeOf<
  NonNullable<RowOf<typeof overview>["structure_graph"]>["ontology"]
>().toEqualTypeOf<ModelRow<"Ontology"> | null>();
expectTypeOf<RowOf<typeof overview>["graphic_group_labels"]>().toEqualTypeOf<ModelRow<"GraphicGroupLabel">[]>();
const aligned = alignments.ofDataSets(479);
expectTypeOf<RowOf<typeof aligned>["alignment3d"]>().toEqualTypeOf<ModelRow<"Alignment3d"> | null>();
const inMouse = genes.inOrganism("mouse");
expectTypeOf<RowOf<typeof inMouse>["chromosome"]>().toEqualTypeOf<ModelRow<"Chromosome"> | null>();
const model = neuronalModels.forSimulation(1);
type Cell = NonNullable<RowOf<typeof model>["specimen"]>;
expectTypeOf<Cell["ephys_sweeps"][number]["sweep_number"]>().toEqualTypeOf<number | null>();
expectTypeOf<NonNullable<Cell["ephys_result"]>["well_known_files"][number]["download_link"]>().toEqualTypeOf<
  string | null
>();
const containers = observatory.experimentContainers();
type Donor = NonNullable<NonNullable<RowOf<typeof containers>["specimen"]>["donor"]>;
expectTypeOf<Donor["transgenic_lines"]>().toEqualTypeOf<ModelRow<"TransgenicLine">[]>();
const annotated = manualAnnotations.dataSets(1);
expectTypeOf<RowOf<typeof annotated>["probes"][number]["gene"]>().toEqualTypeOf<ModelRow<"Gene"> | null>();
const samples = microarray.samples();
expectTypeOf<RowOf<typeof samples>["microarray_slides"][number]["barcode"]>().toEqualTypeOf<string | null>();
const recorded = specimens.withRecording(1);
expectTypeOf<null>().toExtend<RowOf<typeof recorded>["ephys_result"]>();
const units = ecephys.units();
expectTypeOf<RowOf<typeof units>>().toEqualTypeOf<{ [name: string]: unknown }>();

// They may be chained further.
const chained = sectionDataSets.find({ gene: "Pdyn" }).include("genes").only("id").limit(5);
expectTypeOf<keyof RowOf<typeof chained>>().toEqualTypeOf<"id" | "genes">();
const more = connectivity.injectionSummary(1).include("alignment3d");
expectTypeOf<RowOf<typeof more>["products"]>().toEqualTypeOf<ModelRow<"Product">[]>();

// @ts-expect-error what is included is not included twice
atlases.overview().include("structure_graph");
// @ts-expect-error there is no such plane
sectionDataSets.find({ plane: "corronal" });
// @ts-expect-error genes are given by ids or by acronyms
sectionDataSets.find({ gene: ["Pdyn", 15] });
// @ts-expect-error there is no such condition
sectionDataSets.find({ genes: "Pdyn" });
// @ts-expect-error an id is no text
structures.byId("385");
// @ts-expect-error an acronym is no id
structures.byAcronym(385);
// @ts-expect-error there is no such hemisphere
unionizes.projection(1, { hemisphere: 3 });
// @ts-expect-error units have no names of their own
ecephys.channels({ channelIds: 1 });
