import type { Define } from "../program.ts";

export const define: Define = (command) => {
  command.description("show where a gene is expressed");
};
