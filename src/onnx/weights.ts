// Weights, from the cache or from the network, never used unless their SHA-256 is the card's: checked after every download and after every reading
// from the cache. A damaged copy is thrown away and fetched once more; a bad download is refused.
import { Unreadable } from '../core/unreadable.ts';
import { download, type Get, isOurs } from './download.ts';
import { alone, drop, keep, keptAt, keptSize, type Place } from './kept.ts';
import type { Runnable } from './runnable.ts';

/** A model and the absolute address of its weights. */
export interface Weighted<Card extends Runnable = Runnable> {
  readonly card: Card;
  readonly url: string;
}

/** No weights that anybody brings are read beyond this. Bytes. */
const MOST = 2 ** 30;

/** A brought model may have the id of one of ours (it may be made from it): each keeps its own, and neither takes the other's place. */
const placeOf = ({ card: { id, weights }, url }: Weighted): Place => ({
  folder: `${isOurs(url) ? 'weights' : 'own-weights'}/${id}`,
  name: weights.sha256,
});

/** The weights of a model, as its card has them. Rejects with Unreadable. */
export function weightsOf({ card, url }: Weighted, get?: Get): Promise<Uint8Array<ArrayBuffer>> {
  const place = placeOf({ card, url });
  return alone(place, async () => {
    const kept = await keptAt(place);
    if (kept && (await isTrue(kept, card))) return kept;
    if (kept) await drop(place);
    const what = `The weights of “${card.title}”`;
    const fetched = await download(url, { what, most: card.weights.bytes, get });
    if (!(await isTrue(fetched, card)))
      throw new Unreadable('E-CHANGED', `${what} are not those that its card describes, so they were not used.`);
    await keep(place, fetched);
    return fetched;
  });
}

/** Bytes of the weights that are kept for offline use; undefined where they are not. */
export const keptWeights = (model: Weighted): Promise<number | undefined> => keptSize(placeOf(model));

/** Fetches a file of weights to learn its size and its hash; nothing is kept. Rejects with Unreadable. */
export async function weigh(url: string, { get }: { get?: Get | undefined } = {}): Promise<{ bytes: number; sha256: string }> {
  const bytes = await download(url, { what: 'These weights', most: MOST, get });
  return { bytes: bytes.length, sha256: await sha256(bytes) };
}

async function isTrue(bytes: Uint8Array<ArrayBuffer>, { weights }: Runnable): Promise<boolean> {
  return bytes.length === weights.bytes && (await sha256(bytes)) === weights.sha256;
}

/** Lower-case hex. */
async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const { subtle } = globalThis.crypto;
  if (!subtle)
    throw new Unreadable(
      'E-UNSUPPORTED',
      'Models run only on pages that came by https or from this computer: elsewhere the browser gives no hashes.',
    );
  return Array.from(new Uint8Array(await subtle.digest('SHA-256', bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
