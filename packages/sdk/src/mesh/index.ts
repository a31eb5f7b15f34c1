export { type Mesh, type MeshBox, meshArea, meshBox, meshVolume, openEdges } from "./mesh.ts";
export { parseObj } from "./parse-obj.ts";
export { printObj } from "./print-obj.ts";
