// Files that are no data (weights of models on other hosts), fetched as data is: directly, or through the relay where the host lets no page read them.
import type { Net } from '../core/net.ts';
import { Unreadable } from '../core/unreadable.ts';

/** A whole file as a Response. Rejects with Unreadable. */
export function throughNet(net: Net): (url: string) => Promise<Response> {
  return async (url) => {
    const { via, range, type } = await net.probe(url);
    if (type === 'text/html')
      throw new Unreadable('E-HTML', 'We received a web page, not an ONNX file: the address needs sign-in or leads to a page about it.');
    return new Response(streamOf(net.whole(url, { via, range })));
  };
}

function streamOf(chunks: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const all = chunks[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(control) {
      const { done, value } = await all.next();
      if (done) control.close();
      else control.enqueue(value as Uint8Array<ArrayBuffer>);
    },
    cancel: async () => void (await all.return?.()),
  });
}
