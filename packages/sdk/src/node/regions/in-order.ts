/**
 * Runs a task for each item, several side by side, and gives the results in the order of the items. When one fails, or the reader leaves,
 * the signal that the others have is aborted.
 *
 * @param items What there is to do.
 * @param concurrency Most tasks at once, those included whose results wait for their turn.
 */
export async function* inOrder<Item, Result>(
  items: Iterable<Item>,
  concurrency: number,
  task: (item: Item, signal: AbortSignal) => Promise<Result>,
  signal?: AbortSignal,
): AsyncGenerator<readonly [Item, Result], void, undefined> {
  const given = new AbortController();
  const both = signal === undefined ? given.signal : AbortSignal.any([signal, given.signal]);
  const waiting: { readonly item: Item; readonly result: Promise<Result> }[] = [];
  const source = items[Symbol.iterator]();
  const begin = (): void => {
    const { done, value: item } = source.next();
    if (done === true) return;
    const result = task(item, both);
    // With its own error, which those before it then end with as well.
    result.catch((error: unknown) => given.abort(error));
    waiting.push({ item, result });
  };
  try {
    for (let index = 0; index < concurrency; index += 1) begin();
    for (let first = waiting.shift(); first !== undefined; first = waiting.shift()) {
      const result = await first.result;
      begin();
      yield [first.item, result];
    }
  } finally {
    given.abort();
    await Promise.allSettled(waiting.map(({ result }) => result));
  }
}
