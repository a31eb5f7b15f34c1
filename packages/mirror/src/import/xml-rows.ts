import { XmlSyntaxError, xmlEvents } from "@brainatlas/sdk/xml";
import type { Catalogue, RecordModel } from "../records/catalogue.ts";
import { snakeCase } from "../records/names.ts";
import type { GivenRow } from "./given-row.ts";
import { type ImportSource, importError } from "./source.ts";
import { nameOf, readElement, typedValue, type XmlElement } from "./xml-element.ts";

/** Elements of rows that are of no model: flat ones, and those of services. */
const NAMELESS = ["hash", "object"];
/** Elements around the first row: the answer, and the container that names the model. */
const MAX_OUTER = 2;
/** Elements in each other; rows nest as queries do. */
const MAX_DEPTH = 100;

type Row = Record<string, unknown>;

/** Rows of an answer in XML (reference §3.7), or of a document of one row, such as comes with the grids of an experiment. */
export function* xmlRows(source: ImportSource, text: string, catalogue: Catalogue): Generator<GivenRow> {
  const models = new Map(catalogue.models.map((name) => [snakeCase(name), name]));
  const events = xmlEvents(text, { maxDepth: MAX_DEPTH });
  let outer = 0;
  try {
    // Taken one by one: the reader of an element takes those within it.
    for (let next = events.next(); next.done !== true; next = events.next()) {
      const event = next.value;
      if (event.kind === "close") outer -= 1;
      if (event.kind === "text" && event.text.trim() !== "") throw new SyntaxError("it holds text beside rows");
      if (event.kind !== "open") continue;
      const name = nameOf(event);
      if (name === "Response" && event.attributes.success === "false")
        throw new SyntaxError("it is an answer that failed");
      const model = models.get(name);
      if (model !== undefined || NAMELESS.includes(name)) {
        yield { model, row: rowOf(catalogue, catalogue.model(model ?? ""), readElement(event, events)) };
      } else if (outer < MAX_OUTER) outer += 1;
      else throw new SyntaxError(`its element <${event.name}> is named after no model`);
    }
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw importError(source, `${reasonOf(cause)}; give an answer of the API in XML`, cause);
  }
}

function reasonOf(cause: SyntaxError): string {
  if (!(cause instanceof XmlSyntaxError)) return cause.message;
  return `at character ${cause.offset} it holds "${cause.found}" where ${cause.expected} was expected`;
}

function rowOf(catalogue: Catalogue, model: RecordModel | undefined, element: XmlElement): Row {
  const row: Row = Object.create(null);
  for (const child of element.children) {
    const association = model?.associations.get(child.name);
    if (child.name in row) throw new SyntaxError(`its element <${element.name}> holds <${child.name}> twice`);
    if (association !== undefined && isRecords(child)) {
      const target = catalogue.model(association.model);
      row[child.name] = association.isMany
        ? child.children.map((each) => rowOf(catalogue, target, each))
        : rowOf(catalogue, target, child);
    } else if (child.children.length > 0) row[child.name] = nestedOf(child);
    else Object.assign(row, columnsOf(model, child));
  }
  return row;
}

function isRecords(element: XmlElement): boolean {
  return element.children.length > 0;
}

/** What lies in an element that is no association: a list where the document says so, or its elements have one name. */
function nestedOf(element: XmlElement): unknown {
  const { children, attributes } = element;
  const values = children.map(
    (child) => [child.name, child.children.length > 0 ? nestedOf(child) : typedValue(child)] as const,
  );
  const names = new Set(values.map(([name]) => name));
  const isList = attributes.type === "array" || (names.size === 1 && children.length > 1);
  return isList ? values.map(([, value]) => value) : Object.assign(Object.create(null), Object.fromEntries(values));
}

/** A column, or those of a matrix that the document has as one list (reference §5.3). */
function columnsOf(model: RecordModel | undefined, element: XmlElement): Row {
  const { name, text } = element;
  const numbers = text.split(",");
  const parts = numbers.map((_, index) => `${name}_${String(index).padStart(2, "0")}`);
  const isMatrix =
    model !== undefined && !model.columns.includes(name) && parts.every((part) => model.columns.includes(part));
  if (!isMatrix) return { [name]: typedValue(element) };
  return Object.fromEntries(parts.map((part, index) => [part, numbers[index]]));
}
