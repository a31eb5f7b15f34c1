import { CELLS, type SampleCell } from "../records/cell-table.ts";
import { SAMPLE_FILES, type SampleFile } from "../records/files.ts";
import { markerFile } from "./markers.ts";
import { modelParameters } from "./model-parameters.ts";
import { neuronSwc } from "./neuron.ts";

/** What makes a file, by its type. */
const MAKERS: Readonly<Record<string, (cell: SampleCell) => string>> = {
  "3DNeuronReconstruction": neuronSwc,
  "3DNeuronMarker": markerFile,
  NeuronalModelParameters: modelParameters,
};

/** A well-known file of the sample with what makes its text; `undefined` where only its record is there, or not even that. */
export function sampleFile(id: number): { readonly fileName: string; make(): string } | undefined {
  const file = SAMPLE_FILES.find((each) => each.id === id);
  const cell = file === undefined ? undefined : cellOf(file);
  const make = MAKERS[file?.type ?? ""];
  return file === undefined || cell === undefined || make === undefined
    ? undefined
    : { fileName: file.fileName, make: () => make(cell) };
}

function cellOf({ attachableType, attachableId }: SampleFile): SampleCell | undefined {
  if (attachableType === "NeuronReconstruction") return CELLS.find((cell) => cell.reconstructionId === attachableId);
  return attachableType === "NeuronalModel" ? CELLS.find((cell) => cell.modelId === attachableId) : undefined;
}
