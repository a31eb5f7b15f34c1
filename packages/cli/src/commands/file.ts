import type { Define } from "../program.ts";

export const define: Define = (command) => {
  command.description("download a well-known file");
};
