import { setImmediate } from "node:timers/promises";

/** Text that is made before an answer begins: smaller answers are whole by then, and hold nothing while a client reads. */
const HEAD_START_CHARACTERS = 1024 * 1024;

/** A body that text comes into piece by piece: whole if it is small, else a stream. */
export type TextBody = string | ReadableStream<Uint8Array<ArrayBuffer>>;

/**
 * Starts to make a body. What fails at the start fails here, while it can still be said; what fails later breaks the body off, so
 * that no client takes the part that it has for the whole.
 */
export async function startText(pieces: AsyncGenerator<string, void, undefined>): Promise<TextBody> {
  let text = "";
  while (text.length < HEAD_START_CHARACTERS) {
    const next = await pieces.next();
    if (next.done === true) return text;
    text += next.value;
  }
  return streamText(text, pieces);
}

function streamText(
  start: string,
  pieces: AsyncGenerator<string, void, undefined>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let ready: string | undefined = start;
  return new ReadableStream(
    {
      async pull(controller) {
        // Rows come without waiting: others get their turn here.
        await setImmediate();
        const next = ready === undefined ? await pieces.next() : { value: ready };
        ready = undefined;
        if (next.value === undefined) return controller.close();
        controller.enqueue(encoder.encode(next.value));
      },
      async cancel() {
        await pieces.return();
      },
    },
    // Nothing is made before it is asked for.
    { highWaterMark: 0 },
  );
}
