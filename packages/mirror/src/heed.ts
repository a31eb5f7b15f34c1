/** Settles as the promise does, or rejects with the signal's reason when that comes first. */
export function heed<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal?.reason);
    signal?.addEventListener("abort", stop, { once: true });
    promise.then(resolve, reject).finally(() => signal?.removeEventListener("abort", stop));
  });
}

/** The answer when it comes, or a rejection with the signal's reason when that comes first: then the answer's body is let go of. */
export function heedAnswer(answer: Promise<Response>, signal: AbortSignal): Promise<Response> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(signal.reason);
      // Nobody hears what it still says.
      answer.then((response) => response.body?.cancel()).catch(() => {});
    };
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

/** The same answer, whose body breaks off with the signal's reason. Nothing of it is read before it is asked for. */
export function heedBody(response: Response, signal: AbortSignal): Response {
  if (response.body === null) return response;
  const reader = response.body.getReader();
  let stop = (): void => {};
  const end = (): void => signal.removeEventListener("abort", stop);
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        stop = () => {
          controller.error(signal.reason);
          // What it still says is known already.
          reader.cancel(signal.reason).catch(() => {});
        };
        signal.addEventListener("abort", stop, { once: true });
      },
      async pull(controller) {
        const { done, value } = await reader.read();
        if (signal.aborted) return;
        if (!done) return controller.enqueue(value);
        end();
        controller.close();
      },
      async cancel(reason) {
        end();
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, response);
}
