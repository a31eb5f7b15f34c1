import type { Define } from "../program.ts";

export const define: Define = (command) => {
  command.description("download the voxel grids of an experiment");
};
