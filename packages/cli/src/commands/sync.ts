import type { Define } from "../program.ts";

export const define: Define = (command) => {
  command.description("map points between images and the reference space");
};
