/** What is under way, and what waits for it, by name. */
const turns = new Map<string, Promise<unknown>>();

/** Does one piece of work of a name after the other, in the order in which they came. */
export async function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  const before = turns.get(name);
  const own = (before ?? Promise.resolve()).then(work, work);
  turns.set(name, own);
  try {
    return await own;
  } finally {
    if (turns.get(name) === own) turns.delete(name);
  }
}
