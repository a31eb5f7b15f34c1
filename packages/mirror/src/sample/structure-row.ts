/**
 * One structure as a tuple: id, acronym, name, colour (six hexadecimal digits), id of the parent (null at the root),
 * graph_order, st_level and atlas_id (null where the ontology has none).
 */
export type StructureRow = readonly [
  id: number,
  acronym: string,
  name: string,
  colorHexTriplet: string,
  parentStructureId: number | null,
  graphOrder: number,
  stLevel: number,
  atlasId: number | null,
];
