import { expectTypeOf } from "vitest";
import type { HttpEvent } from "../http/event.ts";
import type { AtlasResponse } from "../http/response.ts";
import type { StructureTree } from "../ontology/structure-tree.ts";
import { rma } from "../rma/builder.ts";
import type { Models } from "../rma/schema.generated.ts";
import { BrainAtlas } from "./brain-atlas.ts";
import type { AtlasEvent } from "./event.ts";
import type { Page } from "./page-course.ts";
import type { CsvRow } from "./read-csv.ts";
import type { Rows } from "./rows.ts";

const client = new BrainAtlas();
const sets = client.rows(rma("SectionDataSet").include("genes").include("specimen"));

for await (const set of sets) {
  expectTypeOf(set.id).toEqualTypeOf<number>();
  expectTypeOf(set.genes[0]?.acronym).toEqualTypeOf<string | null | undefined>();
  expectTypeOf(set.specimen).toBeNullable();
  // @ts-expect-error what was not included is not there
  set.treatments;
}

type Gene = Models["Gene"]["attributes"];
const genes = client.rows(rma("Gene"));
expectTypeOf(genes).toEqualTypeOf<Rows<Gene>>();
expectTypeOf(genes.first()).resolves.toEqualTypeOf<Gene | undefined>();
expectTypeOf(genes.all({ maxRows: 5 })).resolves.toEqualTypeOf<Gene[]>();
expectTypeOf(genes.pages()).toEqualTypeOf<AsyncGenerator<Page<Gene>, void, undefined>>();
expectTypeOf(genes.count()).resolves.toEqualTypeOf<number>();
expectTypeOf(genes.whyEmpty()).resolves.toEqualTypeOf<string | undefined>();

expectTypeOf(client.rows(rma.raw("model::Gene")).first()).resolves.toEqualTypeOf<unknown>();
expectTypeOf(client.rows(rma.service("mouse_agea")).first()).resolves.toEqualTypeOf<unknown>();
const narrow = client.rows(rma("Gene").only("acronym"));
expectTypeOf(narrow.first()).resolves.toEqualTypeOf<{ acronym: string | null } | undefined>();

expectTypeOf(client.query(rma("Gene"), { format: "csv" })).resolves.toEqualTypeOf<AtlasResponse>();
expectTypeOf(client.csv(rma("Gene"))).toEqualTypeOf<AsyncIterable<CsvRow>>();
expectTypeOf(client.structureTree(1)).resolves.toEqualTypeOf<StructureTree>();
expectTypeOf(client.treeSearch("Specimen", 1)).resolves.toEqualTypeOf<Models["Specimen"]["attributes"][]>();

new BrainAtlas({ onEvent: (event: { type: string }) => void event });
// @ts-expect-error a listener hears of rows, too
new BrainAtlas({ onEvent: (event: HttpEvent) => void event });
new BrainAtlas({ onEvent: (event) => expectTypeOf(event).toEqualTypeOf<AtlasEvent>() });

// @ts-expect-error a text is no query: rma.raw() makes it one
client.rows("model::Gene");
// @ts-expect-error a text is no query
client.query("model::Gene");
// @ts-expect-error there is no such format
client.query(rma("Gene"), { format: "html" });
// @ts-expect-error only structures and specimens have a tree
client.treeSearch("Gene", 1);
// @ts-expect-error rows always reject for a failing status
client.rows(rma("Gene"), { throwHttpErrors: false });
// @ts-expect-error a stream has no bound in bytes
client.stream("/x", { maxBodyBytes: 5 });
