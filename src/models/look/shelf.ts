// Where the looker finds cards and networks: ours in the page's own folder of models, those that a person brought at their addresses.
// The engine is started when the first network is wanted.
import { readCard } from '../../core/card.ts';
import type { ModelsSetting } from '../../core/models-setting.ts';
import { readOutlineCard } from '../../core/outline-card.ts';
import { Unreadable } from '../../core/unreadable.ts';
import { download, type Get } from '../../onnx/download.ts';
import { createEngine } from '../../onnx/engine.ts';
import { keep, keptAt } from '../../onnx/kept.ts';
import type { Runnable } from '../../onnx/runnable.ts';
import type { OutlineShelf } from '../outlining/ask.ts';
import type { Network, Shelf } from './looker.ts';

const CARD_BYTES = 2 ** 20;

/** `get` fetches weights of other hosts. */
export function createShelf({ base, provider }: ModelsSetting, { get }: { get: Get }): Shelf & OutlineShelf {
  const engine = createEngine({ wish: provider, get });
  return {
    card: (id) => cardJson(id, { base, read: readCard }),
    outlineCard: (id) => cardJson(id, { base, read: readOutlineCard }),
    async network(card: Runnable, url?: string): Promise<Network> {
      const session = await engine.open({ card, url: url ?? new URL(card.weights.file, base).href });
      return {
        sha256: session.sha256,
        provider: () => session.provider,
        lost: () => engine.lost,
        run: (batch, options) => session.run(batch, options),
      };
    },
  };
}

/** Fresh where the page is online and the host in its right mind, else as it was kept. `read` checks it. Rejects with Unreadable. */
export async function cardJson<Card>(id: string, { base, read }: { base: string; read: (json: unknown) => Card }): Promise<Card> {
  const place = { folder: `cards/${id}`, name: 'card' };
  try {
    const fetched = await download(`${base}${id}.card.json`, { what: 'The parts that describe it', most: CARD_BYTES });
    const card = read(parsed(fetched));
    await keep(place, fetched);
    return card;
  } catch (thrown) {
    const kept = await keptAt(place);
    if (!kept) throw thrown;
    return read(parsed(kept));
  }
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new Unreadable('E-MALFORMED', 'Its card is no JSON. Reload the page.');
  }
}
