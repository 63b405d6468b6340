// The cards of the networks that outline: fresh where the page is online, else as they were kept. No weights here.
import { type OutlineCard, readOutlineCard } from '../../core/outline-card.ts';
import { asUnreadable } from '../../core/unreadable.ts';
import { outlineNetworks } from '../index.ts';
import { cardJson } from '../look/shelf.ts';

export interface CardsFound {
  readonly cards: readonly OutlineCard[];
  /** One plain sentence for each that could not be had. */
  readonly troubles: readonly string[];
}

/** `base`: the folder of our cards, an absolute address with a slash at its end. Never rejects. */
export async function outlineCards(base: string): Promise<CardsFound> {
  const troubles: string[] = [];
  const found = await Promise.all(
    outlineNetworks.map(async ({ id }) => {
      try {
        return await cardJson(id, { base, read: readOutlineCard });
      } catch (thrown) {
        troubles.push(`The model “${id}” cannot be used. ${asUnreadable(thrown, 'Its card could not be read.').because}`);
        return undefined;
      }
    }),
  );
  return { cards: found.filter((card) => card !== undefined), troubles };
}
