// Where the looker finds cards and networks: ours in the page's own folder of models, those that a person brought at their addresses, by the Net.
// The engine is started when the first network is wanted.
import { type ModelCard, readCard } from '../../core/card.ts';
import type { ModelsSetting } from '../../core/models-setting.ts';
import type { Net } from '../../core/net.ts';
import { Unreadable } from '../../core/unreadable.ts';
import { download } from '../../onnx/download.ts';
import { createEngine } from '../../onnx/engine.ts';
import { keep, keptAt } from '../../onnx/kept.ts';
import type { Shelf } from './looker.ts';

const CARD_BYTES = 2 ** 20;

export function createShelf({ base, provider }: ModelsSetting, { net }: { net: Net }): Shelf {
  const engine = createEngine({ wish: provider, get: (url) => through(net, url) });
  return {
    card: (id) => cardOf(id, base),
    async network(card, url = new URL(card.weights.file, base).href) {
      const session = await engine.open({ card, url });
      return {
        sha256: session.sha256,
        provider: () => session.provider,
        lost: () => engine.lost,
        run: (batch, options) => session.run(batch, options),
      };
    },
  };
}

/** Fresh where the page is online, else as it was kept. */
async function cardOf(id: string, base: string): Promise<ModelCard> {
  const place = { folder: `cards/${id}`, name: 'card' };
  const fetched = await download(`${base}${id}.card.json`, { what: 'The parts that describe it', most: CARD_BYTES }).catch(
    (thrown: unknown) => ({ thrown }),
  );
  const bytes = fetched instanceof Uint8Array ? fetched : await keptAt(place);
  if (!bytes) throw (fetched as { thrown: unknown }).thrown;
  const card = readCard(parsed(bytes));
  if (bytes === fetched) await keep(place, fetched);
  return card;
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new Unreadable('E-MALFORMED', 'Its card is no JSON. Reload the page.');
  }
}

/** A file of another host, fetched as data is: directly, or through the relay where the host lets no page read it. Rejects with Unreadable. */
export async function through(net: Net, url: string): Promise<Response> {
  const { via, range, type } = await net.probe(url);
  if (type === 'text/html')
    throw new Unreadable('E-HTML', 'We received a web page, not an ONNX file: the address needs sign-in or leads to a page about it.');
  return new Response(streamOf(net.whole(url, { via, range })));
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
