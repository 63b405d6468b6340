// Evidence: one voice on one question, with its strength and its reason. Labels are fused from evidence.

export type FeatureKind = 'tumour' | 'lesion' | 'vessels';
export const FEATURE_KINDS: readonly FeatureKind[] = ['tumour', 'lesion', 'vessels'];
/** `role` decides image or mask before items are counted; the feature kinds are answered yes or no. */
export type Question = 'dimension' | 'modality' | 'anatomy' | 'sequence' | 'contrast' | 'plane' | 'role' | FeatureKind;

export type EvidenceFrom = 'header' | 'path' | 'geometry' | 'voxels' | 'sidecar' | 'pixels' | 'user';

export interface Evidence {
  readonly question: Question;
  /** A value of the vocabulary. */
  readonly value: string;
  /** Natural-log odds for the value; 0 says nothing, 3 ≈ 95 %, 5 ≈ 99.3 %. Negative speaks against. */
  readonly logOdds: number;
  readonly from: EvidenceFrom;
  /** Who says so: classifier id, or model id. Two pieces with the same `by` and `from` are not independent. */
  readonly by: string;
  /** What was seen, for a person: (0008,0060) Modality = CT. */
  readonly because: string;
  /** Values, this one among them, that look the same to it: it speaks for whichever of them others name (see alike.ts). */
  readonly alike?: readonly string[] | undefined;
}

export interface Label {
  readonly value: string;
  /** Calibrated probability, 0–1. */
  readonly confidence: number;
  /** Strong pieces of evidence disagree. */
  readonly conflict: boolean;
  readonly evidence: readonly Evidence[];
}

export interface Feature {
  readonly kind: FeatureKind;
  readonly examined: boolean;
  readonly present: boolean | null;
  readonly probability: number | null;
  readonly by: string | null;
  readonly why: string;
  readonly areaFraction?: number | null;
  readonly volumeMl?: number | null;
  readonly mask?: string | null;
}
