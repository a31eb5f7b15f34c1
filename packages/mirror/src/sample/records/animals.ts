import type { ModelRow } from "../../records/model-row.ts";
import { record, stubs } from "./record.ts";
import { ageId, MOUSE } from "./taxonomy.ts";

/** What tells the animal of a data set from others. */
export interface Animal {
  /** Data set made of it: donor and specimen bear the same id, each in its own table. */
  readonly dataSetId: number;
  /** Name of the donor, which says that it is of the sample. */
  readonly name: string;
  /** Name of the age, such as `P56`. */
  readonly age: string;
  /** @default "C57BL/6J" */
  readonly strain?: string | null;
  /** @default "M" */
  readonly sex?: "F" | "M";
  /** Transgenic line, by the id of the mouse record that has it. */
  readonly line?: number | undefined;
  readonly dateOfBirth?: string;
  /** @default false */
  readonly isIsh?: boolean;
  /** Name of the specimen; that of the donor when absent. */
  readonly specimenName?: string | undefined;
  /** More columns of the specimen. */
  readonly specimen?: Readonly<Record<string, unknown>>;
}

/** Donor and specimen of a data set. */
export function* animalRecords(animal: Animal): Generator<ModelRow> {
  const { dataSetId: id, name, line, sex = "M" } = animal;
  const strain = animal.strain === undefined ? "C57BL/6J" : animal.strain;
  yield record("Donor", {
    id,
    name,
    external_donor_name: name,
    age_id: ageId(animal.age),
    organism_id: MOUSE,
    strain,
    strain_only: strain,
    sex,
    date_of_birth: animal.dateOfBirth ?? null,
    sex_full_name: sex === "M" ? "Male" : "Female",
    transgenic_mouse_id: line ?? null,
    transgenic_lines: line === undefined ? [] : stubs(line),
  });
  yield record("Specimen", {
    id,
    donor_id: id,
    name: animal.specimenName ?? name,
    specimen_id_path: `/${id}/`,
    is_cell_specimen: false,
    is_ish: animal.isIsh ?? false,
    ...animal.specimen,
  });
}
