import { type AttributeType, SCHEMA } from "@brainatlas/sdk/rma/schema";
import type { Catalogue } from "../records/catalogue.ts";
import { escapeAttribute } from "./format-xml-text.ts";

// The listing of models that the service gives of itself (reference §3.10), in the forms that were recorded in 2012 and 2013.

/** What the listing says of a column: text throughout, empty for what does not apply. */
interface ListedField {
  readonly name: string;
  readonly type: string;
  readonly nullable: string;
  readonly limit: string;
  readonly scale: string;
  readonly precision: string;
}

interface ListedAssociation {
  readonly name: string;
  readonly type: string;
  readonly class: string;
}

interface ListedModel {
  readonly fields: readonly ListedField[];
  readonly associations: readonly ListedAssociation[];
  readonly table: string;
}

/** The listing of these models as JSON, an envelope without counts around an object for each. */
export function schemaJson(catalogue: Catalogue, models: readonly string[]): string {
  const listed = models.map((model) => JSON.stringify({ DataDescription: { [model]: listModel(catalogue, model) } }));
  return `{"success": true, "id": 0, "msg": [${listed.join(",")}]}`;
}

/** The listing of these models as XML. */
export function schemaXml(catalogue: Catalogue, models: readonly string[]): string {
  const listed = models.map((model) => {
    const { fields, associations, table } = listModel(catalogue, model);
    const parts = [printList("fields", "field", fields), printList("associations", "association", associations)];
    return `<DataDescription><${model}>${parts.join("")}<table>${table}</table></${model}></DataDescription>`;
  });
  return `<Response success='true'><DataDescriptions>${listed.join("")}</DataDescriptions></Response>`;
}

function printList(container: string, element: string, members: readonly object[]): string {
  const printed = members.map((member) => {
    const attributes = Object.entries(member).map(([name, value]) => ` ${name}='${escapeAttribute(String(value))}'`);
    return `<${element}${attributes.join("")}/>`;
  });
  return `<${container}>${printed.join("")}</${container}>`;
}

function listModel(catalogue: Catalogue, name: string): ListedModel {
  const model = catalogue.model(name);
  if (model === undefined) throw new RangeError(`Cannot describe the model ${JSON.stringify(name)}: it is unknown`);
  const { columns, keyColumn } = model.table;
  const { attributes = {}, associations: listed = {} } = SCHEMA[name] ?? {};
  const associations = Object.entries(listed);
  // Models of one table may list a column otherwise than the table holds it.
  const typeOf = (column: string): AttributeType => attributes[column] ?? columns.get(column)?.type ?? "unknown";
  return {
    fields: model.columns.map((column) => listField(column, typeOf(column), keyColumn)),
    associations: associations.map(([association, { kind, model: other }]) => ({
      name: association,
      type: kind,
      class: other,
    })),
    table: model.table.name,
  };
}

/**
 * Of a column only name and type are kept. The rest follows from those by rules that hold for 772 of the 793 columns recorded:
 * only keys must have a value, and only strings have a limit, of 255.
 */
function listField(name: string, type: AttributeType, keyColumn: string): ListedField {
  return {
    name,
    // What was null wherever it was seen has no type to tell.
    type: type === "unknown" ? "" : type,
    nullable: String(name !== keyColumn),
    limit: type === "string" || type === "string_array" ? "255" : "",
    scale: "",
    precision: "",
  };
}
