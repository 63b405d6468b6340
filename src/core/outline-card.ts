// The card of a network that outlines (public/models/<id>.card.json, schema medley.outline/1): its input, its tasks, who may be shown to it, and how well it did.
import type { CardData, CardInput, ModelCard } from './card.ts';
import type { MaskKind } from './mask.ts';

export const OUTLINE_SCHEMA = 'medley.outline/1';

/** One kind of image that a task may look at. All that is named must hold. */
export interface Route {
  /** Values of the vocabulary. */
  readonly modality: readonly string[];
  /** These body parts or parts of them; empty: any, UNKNOWN too. */
  readonly anatomy: readonly string[];
  /** MR sequences; UNKNOWN stands for no answer. Absent: any. */
  readonly sequence?: readonly string[] | undefined;
}

/** Calibrated decision of presence: σ(bias + logit·z + peak·m + area·ln(a + 1e-4)); z: presence logit, m: largest mask logit, a: share of pixels of the mask. */
export interface Presence {
  readonly bias: number;
  readonly logit: number;
  readonly peak: number;
  readonly area: number;
}

export interface OutlineTask {
  readonly id: string;
  readonly title: string;
  readonly kind: MaskKind;
  /** Its channel in both outputs. */
  readonly index: number;
  /** Whether the product asks it; `why` says why not. */
  readonly examines: boolean;
  readonly why?: string | undefined;
  readonly routes: readonly Route[];
  /** Confidence that the labels need for it to be asked. */
  readonly from: { readonly modality: number; readonly anatomy: number };
  /** Window of Hounsfield units that it was taught with; null: the file's own window, else 1st to 99th percentile. */
  readonly window: { readonly center: number; readonly width: number } | null;
  /** Pixels from this probability on are marked. */
  readonly maskFrom: number;
  /** Pieces smaller than this share of the picture are dropped, 0–1. */
  readonly smallest: number;
  /** Whether holes of the mask are filled. */
  readonly filled: boolean;
  readonly presence: Presence;
  /** On sources, or patients, that were left out of training; null where it could not be measured. */
  readonly measured: {
    readonly leftOut: 'sources' | 'patients';
    readonly dice: number | null;
    readonly auroc: number | null;
    /** Share of images without it in which it was found all the same. */
    readonly falseAlarms: number | null;
    readonly images: number;
    readonly negatives: number;
    readonly sources: readonly string[];
  };
}

export interface OutlineCard {
  readonly schema: typeof OUTLINE_SCHEMA;
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly summary: string;
  readonly weights: ModelCard['weights'];
  /** NCHW, 3 channels. */
  readonly input: CardInput;
  /** Whether logits are the mean of those of the picture and of its mirror image (left–right). */
  readonly mirrored: boolean;
  /** Tensors of the ONNX file: mask logits [N, tasks, h, w] and presence logits [N, tasks]. */
  readonly outputs: { readonly masks: string; readonly presence: string; readonly columns: number; readonly rows: number };
  readonly tasks: readonly OutlineTask[];
  readonly begunFrom?: string | undefined;
  readonly data: readonly CardData[];
  readonly how: string;
  readonly limits: readonly string[];
  readonly notice: string;
}
