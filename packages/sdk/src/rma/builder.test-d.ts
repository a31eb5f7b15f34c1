import { expectTypeOf } from "vitest";
import { rma } from "./builder.ts";
import type { ModelQuery } from "./builder-query.ts";
import type { EmptyCheck, RowOf } from "./builder-stages.ts";
import type { Models } from "./schema.generated.ts";
import type { UntypedModel } from "./schema-types.ts";
import type { DateTime } from "./schema-words.ts";

const sets = rma("SectionDataSet");
type Row<Query extends { readonly rowType?: unknown }> = NonNullable<Query["rowType"]>;

// Rows: attributes, and what is included.
expectTypeOf(sets).toEqualTypeOf<ModelQuery<Models["SectionDataSet"]>>();
expectTypeOf<RowOf<typeof sets>>().toEqualTypeOf<Models["SectionDataSet"]["attributes"]>();
expectTypeOf<RowOf<typeof sets>["id"]>().toEqualTypeOf<number>();
expectTypeOf<RowOf<typeof sets>["failed"]>().toEqualTypeOf<boolean | null>();
expectTypeOf<RowOf<typeof sets>["qc_date"]>().toEqualTypeOf<DateTime | null>();
expectTypeOf<DateTime>().toExtend<string>();
expectTypeOf<"2017-02-08T21:57:10Z">().toExtend<DateTime>();
expectTypeOf<RowOf<typeof sets>>().not.toHaveProperty("genes");

const full = sets.include("genes").include("specimen", (s) => s.include("donor", (d) => d.include("age")));
type Full = RowOf<typeof full>;
expectTypeOf<Full["genes"]>().toEqualTypeOf<Models["Gene"]["attributes"][]>();
expectTypeOf<null>().toExtend<Full["specimen"]>();
type Donor = NonNullable<NonNullable<Full["specimen"]>["donor"]>;
expectTypeOf<Donor["name"]>().toEqualTypeOf<string | null>();
expectTypeOf<NonNullable<Donor["age"]>["days"]>().toEqualTypeOf<number | null>();
expectTypeOf<NonNullable<Full["specimen"]>["donor_id"]>().toEqualTypeOf<number | null>();
const filtered = sets.include("genes", (g) => g.where("acronym", "eq", "Pdyn"));
expectTypeOf<RowOf<typeof filtered>["genes"]>().toEqualTypeOf<Models["Gene"]["attributes"][]>();
const polymorphic = rma("WellKnownFile").include("attachable");
expectTypeOf<NonNullable<RowOf<typeof polymorphic>["attachable"]>>().toEqualTypeOf<Record<string, unknown>>();

// Conditions and options leave the type of rows alone.
const same = sets
  .where("id", "in", [1, 2])
  .whereExists("name")
  .whereRaw("[id$eq1]")
  .via("genes")
  .orderBy("id")
  .limit(5);
expectTypeOf<RowOf<typeof same>>().toEqualTypeOf<RowOf<typeof sets>>();

const explained = full.whenEmpty({ query: rma("Gene"), explain: (rows) => String(rows[0]) });
expectTypeOf<RowOf<typeof explained>>().toEqualTypeOf<Full>();
expectTypeOf(explained.emptyCheck).toEqualTypeOf<EmptyCheck | undefined>();

// A type that is asked for does not change what is included.
type Genes = { genes: Models["Gene"]["attributes"][] };
type Products = { products: Models["Product"]["attributes"][] };
type Sets = Models["SectionDataSet"];
const asked: ModelQuery<Sets, Sets["attributes"] & Genes & Products> = sets.include("genes").include("products");
expectTypeOf(asked.rowType).not.toBeAny();

// Columns.
const only = sets.only("id", "data_sets.name", "genes.acronym");
expectTypeOf<RowOf<typeof only>>().toEqualTypeOf<{ id: number; name: string | null }>();
const onlyWith = sets.include("genes").only("id");
expectTypeOf<keyof RowOf<typeof onlyWith>>().toEqualTypeOf<"id" | "genes">();
const except = rma("Treatment").except("tags").except("treatments.name");
expectTypeOf<RowOf<typeof except>>().toEqualTypeOf<{ id: number }>();
const tabular = rma("MicroarraySlide").tabular("barcode", "structures.name as structure", "distinct donors.id");
expectTypeOf<RowOf<typeof tabular>>().toEqualTypeOf<{ barcode: unknown; structure: unknown; id: unknown }>();

// Operands.
sets.where("qc_date", "gt", new Date()).where("qc_date", "le", "2010-01-01").where("failed", "eq", null);
sets.where("id", "in", rma.variable("xids")).where("name", "il", rma.variable("x"));
rma("OntologyNode").where("structure_id_path", "ne", null);
expectTypeOf(sets.where<"failed", "eq">)
  .parameter(2)
  .extract<boolean>()
  .toEqualTypeOf<boolean>();

// Escape hatches.
const raw = rma.raw("model::Gene");
expectTypeOf<RowOf<typeof raw>>().toEqualTypeOf<unknown>();
const last = rma.pipeline(sets, rma.list({ a: "id" }), rma.service("mouse_correlation", { row: rma.variable("a") }));
expectTypeOf<RowOf<typeof last>>().toEqualTypeOf<unknown>();
const untyped = rma.untyped("ApiTbiDonorMetric").where("anything", "li", "a*").only("x").include("y");
expectTypeOf(untyped).toExtend<ModelQuery<UntypedModel, Record<string, unknown>>>();
expectTypeOf<Row<typeof untyped>["z"]>().toEqualTypeOf<unknown>();
const pipeline = rma.pipeline(
  rma.service("mouse_differential", { set: "mouse", structures1: 8 }),
  rma.list({ xids: "id" }),
  rma("Gene").where("id", "in", rma.variable("xids")),
);
expectTypeOf<RowOf<typeof pipeline>>().toEqualTypeOf<Models["Gene"]["attributes"]>();
expectTypeOf(sets).not.toHaveProperty("then");

// @ts-expect-error there is no such model
rma("Genes");
// @ts-expect-error there is no such attribute
sets.where("acronym", "eq", "Pdyn");
// @ts-expect-error there is no such attribute to be there
sets.whereExists("acronym");
// @ts-expect-error an attribute is no association
sets.via("failed");
// @ts-expect-error there is no such association
sets.include("organism");
// @ts-expect-error there is no such association below
sets.include("specimen", (s) => s.include("genes"));
// @ts-expect-error there is no such attribute below
sets.via("products", (p) => p.where("acronym", "eq", "Mouse"));
// @ts-expect-error an association is included once
sets.include("genes").include("genes");
// @ts-expect-error numbers have no patterns
sets.where("id", "li", "1*");
// @ts-expect-error booleans have no order
sets.where("failed", "gt", false);
// @ts-expect-error text has no order
sets.where("name", "lt", "a");
// @ts-expect-error a number is no text
sets.where("name", "eq", 1);
// @ts-expect-error text is no number
sets.where("id", "eq", "1");
// @ts-expect-error text is no boolean
sets.where("failed", "eq", "false");
// @ts-expect-error a list needs in
sets.where("id", "eq", [1]);
// @ts-expect-error in needs a list
sets.where("id", "in", 1);
// @ts-expect-error a list of one type
sets.where("id", "in", [1, "2"]);
// @ts-expect-error this attribute always has a value
sets.where("id", "eq", null);
// @ts-expect-error null has no order
sets.where("weight", "gt", null);
// @ts-expect-error such text is no date
sets.where("qc_date", "gt", "yesterday");
// @ts-expect-error "is" belongs to pipes
sets.where("id", "is", 1);
// @ts-expect-error there is no such column
sets.only("acronym");
// @ts-expect-error at least one column
sets.only();
// @ts-expect-error there is no such column to sort by
sets.orderBy("acronym");
// @ts-expect-error there is no such direction
sets.orderBy("id", "down");
// @ts-expect-error pages are counted in rows
sets.numRows("many");
// @ts-expect-error nothing of a row is known after only
only.rowType?.failed;
// @ts-expect-error a query cannot be changed
sets.maxRows = 5;
// @ts-expect-error its tree cannot be changed
sets.stage.options.numRows = 5;
// @ts-expect-error a callback gives its scope back
sets.via("products", async (p) => p);
// @ts-expect-error a callback of include gives an include back
sets.include("products", () => undefined);
// @ts-expect-error a pipeline has a stage
rma.pipeline();
// @ts-expect-error services take no objects
rma.service("mouse_agea", { seed_point: { x: 1 } });
// @ts-expect-error an explanation is text, or nothing
sets.whenEmpty({ query: sets, explain: () => 1 });

// Of included rows `only` promises no column.
const named = sets.include("genes", (gene) => gene.include("organism")).only("id", "genes.acronym");
type Named = RowOf<typeof named>;
expectTypeOf<Named["id"]>().toEqualTypeOf<number>();
expectTypeOf<Named["genes"][number]["acronym"]>().toEqualTypeOf<string | null | undefined>();
expectTypeOf<NonNullable<NonNullable<Named["genes"][number]["organism"]>["name"]>>().toEqualTypeOf<string>();
expectTypeOf<Named>().not.toHaveProperty("qc_date");
