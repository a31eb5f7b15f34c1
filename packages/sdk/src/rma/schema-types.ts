import type { Operator, Value } from "./ast.ts";
import type { Models } from "./schema.generated.ts";
import type { DateTime, Many, One } from "./schema-words.ts";

/** Name of a model that the schema has. */
export type ModelName = keyof Models;

/** What the schema says of a model. */
export interface ModelShape {
  /** Name of its table, by which options qualify its columns. */
  readonly table: string;
  readonly attributes: object;
  readonly associations: object;
}

/** A model that the schema does not have: every name is fine, and nothing is known of what it holds. */
export interface UntypedModel {
  readonly table: string;
  readonly attributes: Record<string, unknown>;
  readonly associations: Record<string, unknown>;
}

/** Name of an attribute that a condition can be on. */
export type AttributeName<Shape extends ModelShape> = keyof Shape["attributes"] & string;

/** Type of an attribute; with `null` where it may have no value. */
export type Attribute<Shape extends ModelShape, Name extends AttributeName<Shape>> = Shape["attributes"][Name];

/** Name of an association. */
export type AssociationName<Shape extends ModelShape> = keyof Shape["associations"] & string;

/** The model that an association leads to; untyped where the schema names a class that it does not list. */
export type Target<Shape extends ModelShape, Name extends AssociationName<Shape>> = Shape["associations"][Name] extends
  | One<infer Model>
  | Many<infer Model>
  ? Model extends ModelName
    ? Models[Model]
    : UntypedModel
  : UntypedModel;

/** What an include puts under the association's name: an array, or one row or `null`. */
export type Included<Shape extends ModelShape, Name extends AssociationName<Shape>, Row> =
  Shape["associations"][Name] extends Many<string>
    ? Row[]
    : Shape["associations"][Name] extends One<string>
      ? Row | null
      : unknown;

/** The operators that a query builder offers; `is` belongs to pipes. */
type AnyOperator = Exclude<Operator, "is">;

/** The operators that compare an attribute of this type. Lists of values can only be tested for null. */
export type OperatorOf<Type> = unknown extends Type
  ? AnyOperator
  : NonNullable<Type> extends number | DateTime
    ? Exclude<AnyOperator, "li" | "il">
    : NonNullable<Type> extends string
      ? "eq" | "ne" | "in" | "li" | "il"
      : "eq" | "ne";

/** A variable that a `pipe::list` before binds. */
export type Variable = Extract<Value, { readonly kind: "variable" }>;

/** A value that is not a list. */
export type Scalar = string | number | boolean | Date;

/** One value to compare an attribute of this type with. */
export type ScalarOf<Type> = unknown extends Type
  ? Scalar
  : NonNullable<Type> extends readonly unknown[]
    ? never
    : NonNullable<Type> extends DateTime
      ? Date | DateTime
      : NonNullable<Type>;

/** What may stand on the right of an operator. */
export type OperandOf<Type, Name extends Operator> = Name extends "in"
  ? readonly ScalarOf<Type>[] | Variable
  : Name extends "eq" | "ne"
    ? ScalarOf<Type> | NullOf<Type> | Variable
    : ScalarOf<Type> | Variable;

type NullOf<Type> = unknown extends Type ? null : Extract<Type, null>;

/** `table.column`, as options name columns of any table of the query. */
export type QualifiedColumn = `${string}.${string}`;

/** A column by its name alone, or by its table too. */
export type Column<Shape extends ModelShape> = AttributeName<Shape> | QualifiedColumn;

/**
 * What is left of a row when these are the only columns. Of included rows nothing is sure any more: they keep what is named by
 * their table.
 */
export type Only<Shape extends ModelShape, Row, Columns extends string> =
  string extends AttributeName<Shape>
    ? Row
    : {
        [Key in keyof Row as Key extends Exclude<AttributeName<Shape>, OwnName<Shape, Columns>>
          ? never
          : Key]: Key extends AttributeName<Shape> ? Row[Key] : Unsure<Row[Key]>;
      };

/** Included rows of which any column may be missing. */
type Unsure<Value> = Value extends readonly (infer Each)[]
  ? Unsure<Each>[]
  : Value extends object
    ? { [Key in keyof Value]?: Unsure<Value[Key]> }
    : Value;

/** What is left of a row without these columns of the model. */
export type Without<Shape extends ModelShape, Row, Columns extends string> =
  string extends AttributeName<Shape> ? Row : Omit<Row, OwnName<Shape, Columns>>;

/** Names without the model's own table; columns of other tables stay qualified, and meet no attribute. */
type OwnName<Shape extends ModelShape, Columns extends string> = Columns extends `${Shape["table"]}.${infer Name}`
  ? Name
  : Columns;

/** A flat row. Its values are as the service writes them. */
export type TabularRow<Columns extends string> = { [Text in Columns as TabularKey<Text>]: unknown };

type TabularKey<Text extends string> = Text extends `${string} as ${infer Alias}`
  ? Alias
  : Text extends `distinct ${infer Rest}`
    ? LastName<Rest>
    : LastName<Text>;

type LastName<Text extends string> = Text extends `${string}.${infer Name}` ? Name : Text;
