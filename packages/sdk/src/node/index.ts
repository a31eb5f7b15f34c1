export { type FileContent, writeFileWhole } from "./write-file-whole.ts";
