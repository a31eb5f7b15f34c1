import type { OneOrMore } from "../queries/values.ts";
import type { Variable } from "../rma/schema-types.ts";
import type { ServiceName } from "./service-table.ts";
import type { SIGNATURES } from "./signatures.ts";

/** `seedPoint` for `seed_point`. */
type Camel<Text extends string> = Text extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Text;

/** What a type of the signatures stands for. */
interface Types {
  readonly int: number;
  readonly float: number;
  readonly str: string;
  readonly bool: boolean;
  readonly key: number | string;
}

type Words<Text extends string> = Text extends `${infer Word}|${infer Rest}` ? Word | Words<Rest> : Text;

type Single<Spec extends string> = Spec extends keyof Types ? Types[Spec] : Words<Spec>;

/** The values of a parameter; those of ids may be a variable that a pipe before binds. */
type Values<Spec extends string> = Spec extends `${infer Type}=${string}`
  ? Values<Type>
  : Spec extends `[${infer Type}]3`
    ? readonly [Single<Type>, Single<Type>, Single<Type>]
    : Spec extends `[${infer Type}]2`
      ? readonly [Single<Type>, Single<Type>]
      : Spec extends `[${infer Type}]`
        ? OneOrMore<Single<Type> | Variable>
        : Single<Spec> | (Spec extends "int" ? Variable : never);

type Required<Signature> = {
  readonly [Key in keyof Signature & string as Key extends `${string}?` ? never : Camel<Key>]: Values<
    Signature[Key] & string
  >;
};

type Optional<Signature> = {
  readonly [Key in keyof Signature & string as Key extends `${infer Name}?` ? Camel<Name> : never]?:
    | Values<Signature[Key] & string>
    | undefined;
};

/** Which rows a service is asked for. */
export interface PageParameters {
  /** Number of the first row, from 0. @default 0 */
  readonly startRow?: number | undefined;
  /** Rows of a page. @default 2000 */
  readonly numRows?: number | undefined;
}

type Flat<Type> = { [Key in keyof Type]: Type[Key] };

/** The parameters of a service, by our spelling. */
export type ParametersOf<Name extends ServiceName> = Flat<
  Required<(typeof SIGNATURES)[Name]> &
    Optional<(typeof SIGNATURES)[Name]> &
    (Name extends "text_search" ? unknown : PageParameters)
>;
