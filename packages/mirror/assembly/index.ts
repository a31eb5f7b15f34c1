export * from "./cut";
export * from "./join";
export * from "./pixels";
