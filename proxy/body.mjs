// @ts-check
// The body of a relayed reply: passed on chunk by chunk, bounded in size and in patience. A cut body fails; it never looks complete.

/**
 * @param {import('node:http').IncomingMessage} response
 * @param {{ bytes: number, slowAfterMs: number, slowest: number, leave: () => void, ended: (bytes: number) => void }} limits
 * `slowest`: bytes a second; only time spent waiting for the host counts, never time that the reader takes
 * @returns {ReadableStream<Uint8Array>}
 */
export function bounded(response, { bytes, slowAfterMs, slowest, leave, ended }) {
  const chunks = response[Symbol.asyncIterator]();
  let received = 0;
  let waitedMs = 0;
  const stop = () => {
    leave();
    response.destroy();
    ended(received);
  };
  return new ReadableStream({
    async pull(controller) {
      const asked = performance.now();
      try {
        const { done, value } = await chunks.next();
        waitedMs += performance.now() - asked;
        if (done) {
          ended(received);
          return controller.close();
        }
        received += value.length;
        if (received > bytes) throw new Error('too large');
        if (waitedMs > slowAfterMs && received / (waitedMs / 1000) < slowest) throw new Error('too slow');
        controller.enqueue(value);
      } catch (cause) {
        stop();
        controller.error(cause);
      }
    },
    cancel: stop,
  });
}
