/** Exit codes of the program. */
export const EXIT = {
  done: 0,
  failed: 1,
  /** The command line was wrong; nothing was written. */
  usage: 2,
  interrupted: 130,
  terminated: 143,
} as const;
