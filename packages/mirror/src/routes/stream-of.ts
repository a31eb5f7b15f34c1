/**
 * Chunks as a body that is made as it is read.
 *
 * @param stop Ends the work on it when the client goes away.
 */
export function streamOf(
  body: AsyncIterable<Uint8Array<ArrayBuffer>>,
  stop: (reason: unknown) => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const chunks = body[Symbol.asyncIterator]();
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      async cancel(reason) {
        stop(reason);
        await chunks.return?.();
      },
    },
    // Nothing is made before it is asked for.
    { highWaterMark: 0 },
  );
}
