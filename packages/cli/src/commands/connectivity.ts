import type { Define } from "../program.ts";

export const define: Define = (command) => {
  command.description("find and compare tracer experiments");
};
