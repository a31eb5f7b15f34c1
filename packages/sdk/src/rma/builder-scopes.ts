import type { AssociationTerm, Term } from "./ast.ts";
import { deepFreeze } from "./builder-freeze.ts";
import { addExists, addFilter, addRaw, addTerms, associationTerm } from "./builder-terms.ts";
import type {
  AssociationName,
  Attribute,
  AttributeName,
  Included,
  ModelShape,
  OperandOf,
  OperatorOf,
  Target,
} from "./schema-types.ts";

/** What a callback of `via` gives back. */
export interface CriteriaResult {
  readonly term: AssociationTerm;
}

/** What a callback of `include` gives back. */
export interface IncludeResult<Row> extends CriteriaResult {
  /** For the type of rows alone: there is no such value. */
  readonly rowType?: Row;
}

/** Conditions on the rows of an association, within `via`. Immutable: every method gives a new scope. */
export class CriteriaScope<Shape extends ModelShape> implements CriteriaResult {
  readonly term: AssociationTerm;

  constructor(term: AssociationTerm) {
    this.term = deepFreeze(term);
    Object.freeze(this);
  }

  /** Prints `[attribute$operator…]`, as in `products[id$in1,2]`. */
  where<Name extends AttributeName<Shape>, Op extends OperatorOf<Attribute<Shape, Name>>>(
    attribute: Name,
    operator: Op,
    operand: OperandOf<Attribute<Shape, Name>, Op>,
  ): CriteriaScope<Shape> {
    return new CriteriaScope(addFilter(this.term, attribute, operator, operand));
  }

  /** Prints `[attribute]`: it has a value. */
  whereExists(attribute: AttributeName<Shape>): CriteriaScope<Shape> {
    return new CriteriaScope(addExists(this.term, attribute));
  }

  /** Adds conditions in the grammar's own words, such as `[graphs.name$in'a','b']`. */
  whereRaw(text: string): CriteriaScope<Shape> {
    return new CriteriaScope(addRaw(this.term, text));
  }

  /** Prints `(association…)`, as in `specimen(donor(age[name$eq'P56']))`. */
  via<Name extends AssociationName<Shape>>(
    association: Name,
    build?: (scope: CriteriaScope<Target<Shape, Name>>) => CriteriaResult,
  ): CriteriaScope<Shape> {
    return new CriteriaScope(addTerms(this.term, [criteriaTerm(association, build)]));
  }
}

/** What is loaded with the rows of an association, within `include`. Immutable: every method gives a new scope. */
export class IncludeScope<Shape extends ModelShape, Row = Shape["attributes"]> implements IncludeResult<Row> {
  readonly term: AssociationTerm;
  /** For the type of rows alone: there is no such value. */
  declare readonly rowType?: Row;

  constructor(term: AssociationTerm) {
    this.term = deepFreeze(term);
    Object.freeze(this);
  }

  /** Prints `[attribute$operator…]`. Such a condition restricts the rows of the query too, as one of `via` does. */
  where<Name extends AttributeName<Shape>, Op extends OperatorOf<Attribute<Shape, Name>>>(
    attribute: Name,
    operator: Op,
    operand: OperandOf<Attribute<Shape, Name>, Op>,
  ): IncludeScope<Shape, Row> {
    return new IncludeScope(addFilter(this.term, attribute, operator, operand));
  }

  /** Prints `[attribute]`: it has a value. */
  whereExists(attribute: AttributeName<Shape>): IncludeScope<Shape, Row> {
    return new IncludeScope(addExists(this.term, attribute));
  }

  /** Adds conditions in the grammar's own words. */
  whereRaw(text: string): IncludeScope<Shape, Row> {
    return new IncludeScope(addRaw(this.term, text));
  }

  /** Prints `(association…)`, as in `specimen(donor(age))`. */
  include<Name extends Exclude<AssociationName<Shape>, KnownKey<Row>>, Inner = Target<Shape, Name>["attributes"]>(
    association: Name,
    build?: (scope: IncludeScope<Target<Shape, Name>>) => IncludeResult<Inner>,
  ): IncludeScope<Shape, Row & { [Key in Name]: Included<Shape, Name, NoInfer<Inner>> }> {
    return new IncludeScope(addTerms(this.term, [includeTerm(association, this.term.terms, build)]));
  }
}

/** The keys of a row that are known by name; an untyped row has none. */
export type KnownKey<Row> = string extends keyof Row ? never : keyof Row;

/** The term of an association that rows must have, with what a callback adds. */
export function criteriaTerm<Shape extends ModelShape>(
  association: string,
  build?: (scope: CriteriaScope<Shape>) => CriteriaResult,
): AssociationTerm {
  const scope = new CriteriaScope<Shape>(associationTerm(association));
  return (build?.(scope) ?? scope).term;
}

/** The term of an association that is loaded, with what a callback adds. */
export function includeTerm<Shape extends ModelShape, Row>(
  association: string,
  beside: readonly Term[],
  build?: (scope: IncludeScope<Shape>) => IncludeResult<Row>,
): AssociationTerm {
  if (beside.some((term) => term.kind === "association" && term.name === association)) {
    throw new RangeError(`Cannot include "${association}" twice; give all of it in one include`);
  }
  const scope = new IncludeScope<Shape>(associationTerm(association));
  return (build?.(scope) ?? scope).term;
}
