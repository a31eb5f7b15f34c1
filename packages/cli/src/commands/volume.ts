import type { Define } from "../program.ts";

export const define: Define = (command) => {
  command.description("look into volumes: header, slices, labels");
};
