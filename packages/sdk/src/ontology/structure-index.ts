import { groupBy, lazy } from "./group-by.ts";
import { type StructureRecord, setIdsOf } from "./structure-record.ts";

/** How texts are compared. */
export interface TextOptions {
  /** Whether capitals and small letters are the same. @default false */
  readonly ignoreCase?: boolean | undefined;
}

/** Structures by acronym, name, set and colour; each table is made when it is first asked. */
export class StructureIndex {
  readonly #acronyms: TextTable;
  readonly #names: TextTable;
  readonly #sets: () => ReadonlyMap<number, readonly StructureRecord[]>;
  readonly #colors: () => ReadonlyMap<string, readonly StructureRecord[]>;

  constructor(structures: readonly StructureRecord[]) {
    this.#acronyms = new TextTable(structures, (structure) => structure.acronym);
    this.#names = new TextTable(structures, (structure) => structure.name);
    this.#sets = lazy(() => groupBy(structures, setIdsOf));
    this.#colors = lazy(() => groupBy(structures, (structure) => [structure.color_hex_triplet?.toUpperCase() ?? ""]));
  }

  byAcronym(text: string, options?: TextOptions): readonly StructureRecord[] {
    return this.#acronyms.get(text, options);
  }

  byName(text: string, options?: TextOptions): readonly StructureRecord[] {
    return this.#names.get(text, options);
  }

  bySet(setId: number): readonly StructureRecord[] {
    return this.#sets().get(setId) ?? [];
  }

  /** @param color Six hexadecimal digits, letters as capitals. */
  byColor(color: string): readonly StructureRecord[] {
    return this.#colors().get(color) ?? [];
  }

  setIds(): number[] {
    return [...this.#sets().keys()].sort((a, b) => a - b);
  }
}

/** Structures by a text; blanks around it do not count, as some acronyms and names end in one. */
class TextTable {
  readonly #exact: () => ReadonlyMap<string, readonly StructureRecord[]>;
  readonly #folded: () => ReadonlyMap<string, readonly StructureRecord[]>;

  constructor(structures: readonly StructureRecord[], textOf: (structure: StructureRecord) => string) {
    this.#exact = lazy(() => groupBy(structures, (structure) => [textOf(structure).trim()]));
    this.#folded = lazy(() => groupBy(structures, (structure) => [textOf(structure).trim().toLowerCase()]));
  }

  get(text: string, { ignoreCase = false }: TextOptions = {}): readonly StructureRecord[] {
    const wanted = text.trim();
    return (ignoreCase ? this.#folded().get(wanted.toLowerCase()) : this.#exact().get(wanted)) ?? [];
  }
}
