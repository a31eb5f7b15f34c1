import type { Command } from "commander";
import type { Context } from "../context.ts";
import { anyText } from "../option-values.ts";
import { ROW_FORMATS } from "../output/row-printer.ts";
import type { RmaOptions } from "./rma-task.ts";
import { addConnectionOptions, addGeneralOptions, addRowOptions, ROW_NOTES } from "./shared-options.ts";

const NOTES = `
A query is one of these:
  a whole one     model::Structure,rma::criteria,[ontology_id$eq1]
  a model first   Structure[ontology_id$eq1],rma::include,ontology
  a URL           https://api.brain-map.org/api/v2/data/query.xml?criteria=…, of which
                  the query alone counts
  with --model    criteria, and clauses after them: [ontology_id$eq1],rma::include,…
Put it in single quotes: in double ones a shell takes $eq1 for a variable of its own.
A text without blanks, commas and brackets needs no quotes in the query; for one that
has some, write "Gene[name\\$il'*receptor, beta*']", or use --file.
A num_rows in the query is the default of --limit, and start_row is where it begins.
${ROW_NOTES}
With --raw, json, csv and xml are the service's own: one answer of as many rows as
--limit says, with its envelope. --format xml is always that.

Examples:
  $ brainatlas rma 'model::Structure,rma::criteria,[ontology_id$eq1]'
  $ brainatlas rma 'Gene[acronym$ilpdyn],rma::include,organism' --fields id,organism.name
  $ brainatlas rma '[graph_id$eq1]' --model Structure --all --format csv > mouse.csv
  $ brainatlas rma 'model::Gene,rma::criteria,products[id$eq1]' --count
  $ brainatlas rma --file query.rma --all --format ndjson | jq .id
  $ brainatlas rma Organism --format xml
  $ brainatlas rma Organism --dry-run`;

/** Adds to the command what it takes and does. */
export function define(command: Command, context: Context, finish: (code: number) => void): void {
  command
    .argument("[query]", "the query, or - to read it from standard input", anyText("query"))
    .description("Asks for rows of any model of the API, in its query language RMA.")
    .optionsGroup("Query:")
    .option("--model <name>", "the model, such as Structure; the query is its criteria then", anyText("--model"))
    .option("--file <file>", "read the query from a file", anyText("--file"))
    .optionsGroup("Rows:")
    .option("--all", "all rows, page by page")
    .option("--count", "print the number of matches alone");
  addRowOptions(command, {
    fields: "id,organism.name",
    formats: [...ROW_FORMATS, "xml"],
    limit: "most rows (default: 50)",
  });
  command
    .option("--raw", "the service's own answer, unchanged: json (default), csv or xml")
    .option("--dry-run", "print the URL and send nothing")
    .addHelpText("after", NOTES);
  addConnectionOptions(command);
  addGeneralOptions(command);
  command.action(async (query: string | undefined) => {
    const { run } = await import("./rma-run.ts");
    finish(await run(context, { ...command.opts<Omit<RmaOptions, "query">>(), query }));
  });
}
