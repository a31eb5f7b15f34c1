/** Whether a name stays in the folder that it is looked up in, on every system: relative, with slashes, and without `.` and `..`. */
export function isInnerPath(name: string): boolean {
  const parts = name.split("/");
  return !/[\\:]|\p{Cc}/u.test(name) && parts.every((part) => part !== "" && part !== "." && part !== "..");
}
