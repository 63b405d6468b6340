// A model: a classifier with a network. What it is shown, what its network answered, and how it turns that into evidence.
import type { AnswerClass } from './card.ts';
import type { Seen } from './classifier.ts';
import type { Picture } from './display.ts';
import type { Evidence, Question } from './evidence.ts';

/** One picture of an item, drawn as a person would see it. */
export interface View {
  /** Drawn anew whenever it is read. */
  readonly picture: Picture;
  /** Cut across the stored slices of a volume, not along them. */
  readonly across: boolean;
}

/** How much of an item a model wants to see. One network run each. */
export interface ViewWishes {
  /** Slices along the stored axis of a volume or series, or frames of a cine. */
  readonly slices: number;
  /** Cuts across them, in each of the two other planes, where a volume is at hand whole. */
  readonly across: number;
}

/** What one head of a network answered over all views of an item, calibrated. */
export interface Answer {
  readonly question: Question;
  readonly classes: readonly AnswerClass[];
  /** One probability a class, in the order of `classes`: the mean over the views, clear ones counting more. */
  readonly probabilities: readonly number[];
  readonly views: number;
  /** Views whose likeliest class is the likeliest of all. */
  readonly agreeing: number;
  /** Below this probability nothing is said. */
  readonly answerFrom: number;
}

export interface Model {
  /** Id of its card: public/models/<id>.card.json. */
  readonly id: string;
  readonly answers: readonly Question[];
  readonly views: ViewWishes;
  /** Whether such an item is shown to it; asked before any pixel is read. */
  looksAt(seen: Seen): boolean;
  /** Evidence from the answers of its heads: words of the vocabulary or nothing. Never throws. */
  evidence(answers: readonly Answer[], seen: Seen): readonly Evidence[];
}

/** Where a person wants networks to run; auto: on WebGPU where there is an adapter. */
export type ProviderWish = 'auto' | 'webgpu' | 'wasm';

/** A model that did run, for the run's record and the report. */
export interface ModelUse {
  readonly id: string;
  readonly sha256: string;
  readonly provider: 'webgpu' | 'wasm';
}
