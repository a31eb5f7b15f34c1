import type { Define } from "../program.ts";

export const define: Define = (command) => {
  command.description("run a connected service");
};
