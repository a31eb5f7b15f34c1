export * from "./join";
export * from "./pixels";
