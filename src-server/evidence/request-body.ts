import type { Readable } from 'node:stream';

export type RequestBody = {
  /** Reads from the line only when it is read from, one piece at a time. Fails when the line is cut. */
  readonly stream: ReadableStream<Uint8Array>;
  /** Lets the rest go by unread, so that a reply reaches a sender who sends all before he listens. */
  discard(): void;
};

/**
 * A request's body as a web stream. Node's own conversion begins to read at once, and a request that is refused unread
 * then hangs.
 */
export function requestBody(line: Readable): RequestBody {
  let isOver = false;
  let isListening = false;
  const listen = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    const end = (finish: () => void): void => {
      if (isOver) return;
      isOver = true;
      finish();
    };
    line.on('data', (piece: Buffer) => {
      if (isOver) return;
      line.pause();
      controller.enqueue(piece);
    });
    line.once('end', () => end(() => controller.close()));
    line.once('error', (error) => end(() => controller.error(error)));
    line.once('close', () => end(() => controller.error(new Error('the line was cut'))));
  };
  const discard = (): void => {
    isOver = true;
    line.resume();
  };
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (!isListening) listen(controller);
      isListening = true;
      line.resume();
    },
    cancel: discard,
  }, { highWaterMark: 0 });
  return { stream, discard };
}
