import { checkCount, show } from "../check.ts";
import type { ModelStage, Options, OrderKey, Query, TabularColumn } from "./ast.ts";
import { deepFreeze } from "./builder-freeze.ts";
import {
  type CriteriaResult,
  type CriteriaScope,
  criteriaTerm,
  type IncludeResult,
  type IncludeScope,
  includeTerm,
  type KnownKey,
} from "./builder-scopes.ts";
import { type EmptyCheck, freezeCheck, type TypedQuery } from "./builder-stages.ts";
import { addExists, addFilter, addRaw, addTerms, type Body, EMPTY } from "./builder-terms.ts";
import { readOption } from "./parse-options.ts";
import { printRma } from "./print.ts";
import type {
  AssociationName,
  Attribute,
  AttributeName,
  Column,
  Included,
  ModelShape,
  Only,
  OperandOf,
  OperatorOf,
  TabularRow,
  Target,
  Without,
} from "./schema-types.ts";

/** What a query was given. Conditions on the model itself print first, whatever their turn. */
interface Parts {
  readonly model: string;
  readonly criteria: Body;
  readonly include: ModelStage["include"];
  readonly options: Options;
  readonly limit: number | undefined;
  readonly emptyCheck: EmptyCheck | undefined;
}

/**
 * A query for rows of one model. Immutable and frozen: every method gives a new query, or throws where the grammar cannot carry
 * what it is given. It sends nothing.
 *
 * @example String(rma("Gene").where("acronym", "il", "abat")) // → "model::Gene,rma::criteria,[acronym$il'abat']"
 */
export class ModelQuery<Shape extends ModelShape, Row = Shape["attributes"]> implements TypedQuery<Row> {
  /** The syntax tree. */
  readonly stage: ModelStage;
  /** What `limit` was given. */
  readonly maxRows: number | undefined;
  /** What `whenEmpty` was given. */
  readonly emptyCheck: EmptyCheck | undefined;
  /** For the type of rows alone: there is no such value. */
  declare readonly rowType?: Row;
  readonly #parts: Parts;
  readonly #text: string;

  private constructor(parts: Parts) {
    this.#parts = parts;
    this.maxRows = parts.limit;
    this.emptyCheck = parts.emptyCheck;
    this.stage = deepFreeze(toStage(parts));
    // Printing now is what makes a wrong value throw where it is given.
    this.#text = printRma(this.toQuery());
    Object.freeze(this);
  }

  /** @internal */
  static of<Shape extends ModelShape>(model: string): ModelQuery<Shape> {
    return new ModelQuery({
      model,
      criteria: EMPTY,
      include: [],
      options: {},
      limit: undefined,
      emptyCheck: undefined,
    });
  }

  #with<To>(parts: Partial<Parts>): ModelQuery<Shape, To> {
    return new ModelQuery({ ...this.#parts, ...parts });
  }

  #withOptions<To = Row>(options: Options): ModelQuery<Shape, To> {
    return this.#with({ options: { ...this.#parts.options, ...options } });
  }

  /**
   * Rows whose attribute compares so; conditions add up.
   *
   * Prints `[failed$eqfalse]`, `[id$in1,2]`, `[acronym$il'pdyn*']`, `[storage_directory$nenull]`, `[id$in$xids]`. Text always
   * has quotes; `li` and `il` take `*` for any characters, and without it compare as a whole. Only `$nenull` was seen at the
   * service: `$eqnull`, which `eq` with null prints, follows from it.
   *
   * @throws {RangeError} If the grammar cannot carry the value: text with a single quote, NaN, an empty list, a fraction in an id.
   */
  where<Name extends AttributeName<Shape>, Op extends OperatorOf<Attribute<Shape, Name>>>(
    attribute: Name,
    operator: Op,
    operand: OperandOf<Attribute<Shape, Name>, Op>,
  ): ModelQuery<Shape, Row> {
    return this.#with({ criteria: addFilter(this.#parts.criteria, attribute, operator, operand) });
  }

  /** Rows whose attribute has a value. Prints `[orientation_id]`. */
  whereExists(attribute: AttributeName<Shape>): ModelQuery<Shape, Row> {
    return this.#with({ criteria: addExists(this.#parts.criteria, attribute) });
  }

  /**
   * Adds conditions in the grammar's own words, for what has no method: `whereRaw("[genes.acronym$eqacronym]")`.
   *
   * @throws {RmaSyntaxError} If the text is none.
   */
  whereRaw(text: string): ModelQuery<Shape, Row> {
    return this.#with({ criteria: addRaw(this.#parts.criteria, text) });
  }

  /**
   * Rows that have a record under this association, and one that meets the callback's conditions.
   *
   * Prints `products[id$in1,2]`; `via` within the callback prints `specimen(donor(age[name$eq'P56']))`.
   */
  via<Name extends AssociationName<Shape>>(
    association: Name,
    build?: (scope: CriteriaScope<Target<Shape, Name>>) => CriteriaResult,
  ): ModelQuery<Shape, Row> {
    return this.#with({ criteria: addTerms(this.#parts.criteria, [criteriaTerm(association, build)]) });
  }

  /**
   * Loads the records of an association with each row, under the association's name.
   *
   * Prints `rma::include,genes`, and with a callback `rma::include,specimen(donor(age))`. A condition in the callback restricts
   * the rows of the query too.
   *
   * @throws {RangeError} If the association is included already.
   */
  include<Name extends Exclude<AssociationName<Shape>, KnownKey<Row>>, Inner = Target<Shape, Name>["attributes"]>(
    association: Name,
    build?: (scope: IncludeScope<Target<Shape, Name>>) => IncludeResult<Inner>,
  ): ModelQuery<Shape, Row & { [Key in Name]: Included<Shape, Name, NoInfer<Inner>> }> {
    const { include } = this.#parts;
    return this.#with({ include: [...include, includeTerm(association, include, build)] });
  }

  /**
   * Keeps these columns alone; given again, the last one counts. Prints `rma::options[only$eq'id,name']`.
   *
   * It holds for included rows too: they keep the columns that are named by their table, as in `genes.acronym`, and their type
   * says that any may be missing. So give it after the includes.
   */
  only<Name extends Column<Shape>>(...columns: readonly [Name, ...Name[]]): ModelQuery<Shape, Only<Shape, Row, Name>> {
    return this.#withOptions({ only: columns });
  }

  /** Drops these columns too. Prints `rma::options[except$eq'storage_directory']`. */
  except<Name extends Column<Shape>>(
    ...columns: readonly [Name, ...Name[]]
  ): ModelQuery<Shape, Without<Shape, Row, Name>> {
    return this.#withOptions({ except: [...(this.#parts.options.except ?? []), ...columns] });
  }

  /**
   * Flat rows of columns of any table of the query, with an alias or `distinct` before; given again, the last one counts.
   *
   * Prints `rma::options[tabular$eq'barcode,structures.name as structure']`. A column without an alias goes by its name alone.
   *
   * @throws {RangeError} If a text is none of `column`, `table.column`, `… as alias`, `distinct …`.
   */
  tabular<Text extends string>(...columns: readonly [Text, ...Text[]]): ModelQuery<Shape, TabularRow<Text>> {
    return this.#withOptions({ tabular: columns.map(readTabular) });
  }

  /** Sorts by a column, then by those of later calls. Prints `rma::options[order$eq'ages.days$desc,id']`. */
  orderBy(column: Column<Shape>, direction: "asc" | "desc" = "asc"): ModelQuery<Shape, Row> {
    const key: OrderKey = { column, descending: direction === "desc" };
    return this.#withOptions({ order: [...(this.#parts.options.order ?? []), key] });
  }

  /**
   * Bounds the rows of all pages together. Prints `rma::options[num_rows$eq10]`, unless `numRows` asks for smaller pages.
   *
   * @throws {RangeError} If it is no whole number of 0 or more.
   */
  limit(rows: number): ModelQuery<Shape, Row> {
    return this.#with({ limit: checkCount("limit", rows, 0) });
  }

  /** Begins at this row, counted from 0. Prints `rma::options[start_row$eq50]`. */
  startRow(row: number): ModelQuery<Shape, Row> {
    return this.#withOptions({ startRow: row });
  }

  /** Rows of one page; the service's default is 50. Prints `rma::options[num_rows$eq200]` or `[num_rows$eq'all']`. */
  numRows(rows: number | "all"): ModelQuery<Shape, Row> {
    return this.#withOptions({ numRows: rows });
  }

  /** Whether all matches are counted; the service's default is that they are. Prints `rma::options[count$eqfalse]`. */
  count(wanted: boolean): ModelQuery<Shape, Row> {
    return this.#withOptions({ count: wanted });
  }

  /** Asks for the normalised query too, or for it alone. Prints `rma::options[debug$eq'preview']`. */
  debug(mode: boolean | "preview"): ModelQuery<Shape, Row> {
    return this.#withOptions({ debug: mode });
  }

  /**
   * Says what to ask when no row is found, to tell the likely reason; given again, the last one counts. It prints nothing, and
   * stays with the queries that derive from this one: its explanation should say no more than what the rows of its own query show.
   *
   * @throws {TypeError} If the check has no query, or nothing that explains.
   * @example
   * const query = rma("Gene").where("acronym", "eq", "PDYN").whenEmpty({
   *   query: rma("Gene").where("acronym", "il", "PDYN"),
   *   explain: (rows) => (rows.length > 0 ? "The case of the acronym is another" : undefined),
   * });
   */
  whenEmpty(check: EmptyCheck): ModelQuery<Shape, Row> {
    return this.#with({ emptyCheck: freezeCheck(check) });
  }

  /** The syntax tree as a query of one stage. */
  toQuery(): Query {
    return deepFreeze<Query>({ stages: [this.stage] });
  }

  /** The RMA text, not yet encoded for a URL. */
  toString(): string {
    return this.#text;
  }
}

function toStage({ model, criteria, include, options, limit }: Parts): ModelStage {
  const own: ModelStage["criteria"] =
    criteria.filters.length === 0 ? [] : [{ kind: "filters", filters: criteria.filters }];
  return {
    kind: "model",
    model,
    criteria: [...own, ...criteria.terms],
    include,
    options: limit === undefined ? options : { ...options, numRows: smaller(options.numRows, limit) },
  };
}

function smaller(numRows: number | "all" | undefined, limit: number): number {
  return typeof numRows === "number" ? Math.min(numRows, limit) : limit;
}

function readTabular(text: string): TabularColumn {
  const refuse = (): never => {
    throw new RangeError(`Cannot use tabular column ${show(text)}; give it as in: distinct table.column as name`);
  };
  const [column, more] = readOption("tabular", text, refuse).tabular ?? [];
  return column === undefined || more !== undefined ? refuse() : column;
}
