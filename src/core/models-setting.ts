// Models as the page and its workers speak of them: which an analysis runs and where, and what is found out about one. Plain data.
import type { ModelCard } from './card.ts';
import type { ProviderWish } from './model.ts';
import type { OutlineCard } from './outline-card.ts';

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

/** A model that comes with the page; one whose card cannot be had says why. */
export type ShippedModel =
  | { readonly id: string; readonly model: OwnModel; readonly because?: undefined }
  | { readonly id: string; readonly model?: undefined; readonly because: string };

/** A network that outlines, and the absolute address of its weights. */
export interface OutlineModel {
  readonly card: OutlineCard;
  readonly url: string;
}

/** A network of ours that outlines; one whose card cannot be had says why. */
export type ShippedOutline =
  | { readonly id: string; readonly model: OutlineModel; readonly because?: undefined }
  | { readonly id: string; readonly model?: undefined; readonly because: string };

/** Where networks would run, and why, in one sentence. */
export interface ProviderFound {
  readonly provider: 'webgpu' | 'wasm';
  readonly because: string;
}

/** How fast one worker runs a model here: the middle of many runs on made-up pictures, drawing and preparing them included. */
export interface Speed extends ProviderFound {
  readonly msPerImage: number;
  readonly images: number;
  /** From asking to the first answer: fetching, checking, making ready. */
  readonly loadMs: number;
}

/** Size and hash of a file of weights. */
export interface Weighed {
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}
