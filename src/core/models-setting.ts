// Which models an analysis runs, and where: what the page hands to the readers. Plain data.
import type { ModelCard } from './card.ts';
import type { ProviderWish } from './model.ts';

/** A model that a person brought: its manifest, and the address of its weights. */
export interface OwnModel {
  readonly card: ModelCard;
  readonly url: string;
}

export interface ModelsSetting {
  /** Absolute URL of the folder of our cards and weights, with a slash at its end. */
  readonly base: string;
  readonly provider: ProviderWish;
  readonly own: readonly OwnModel[];
}
