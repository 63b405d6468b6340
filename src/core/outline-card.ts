// The card of a network that outlines (public/models/<id>.card.json, schema medley.outline/1): its input, its tasks, who may be shown to it, and how well it did.
import { type CardData, type CardInput, dataOf, inputOf, type ModelCard, weightsOf } from './card.ts';
import {
  COUNT,
  type Fields,
  flag,
  idOf,
  LARGEST,
  list,
  NOTICE,
  number,
  object,
  oneOf,
  SHARE,
  shareOf,
  some,
  text,
  wrong,
} from './card-fields.ts';
import type { MaskKind } from './mask.ts';
import { ANATOMY, MODALITIES } from './vocabulary.ts';

export const OUTLINE_SCHEMA = 'medley.outline/1';

/** One kind of image that a task may look at. All that is named must hold. */
export interface Route {
  /** Values of the vocabulary. */
  readonly modality: readonly string[];
  /** These body parts or parts of them; empty: any, UNKNOWN too. */
  readonly anatomy: readonly string[];
  /** MR sequences; UNKNOWN stands for no answer. Absent: any. */
  readonly sequence?: readonly string[] | undefined;
  /** 2D, 3D, 2D+t or 3D+t. Absent: any. */
  readonly dimension?: readonly string[] | undefined;
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

const KINDS: readonly MaskKind[] = ['tumour', 'lesion', 'vessels', 'organ'];
const MODALITY_VALUES: ReadonlySet<string> = new Set(MODALITIES.map(({ code }) => code).filter((code) => code !== 'UNKNOWN'));
const ANATOMY_VALUES: ReadonlySet<string> = new Set(ANATOMY.map(({ code }) => code).filter((code) => code !== 'UNKNOWN'));
/** More channels than any network here has. */
const CHANNELS = 256;

/** Checks a card as parsed from JSON. Throws Unreadable (E-MALFORMED) with a sentence that names the field. What it does not know is left out. */
export function readOutlineCard(json: unknown): OutlineCard {
  const card = object(json, 'The card');
  if (card.schema !== OUTLINE_SCHEMA) throw wrong(`its schema is not ${OUTLINE_SCHEMA}`);
  const input = inputOf(object(card.input, 'input'));
  if (input.channels !== 3 || input.layout !== 'NCHW') throw wrong('input is not of 3 channels in the layout NCHW');
  const tasks = some(card.tasks, 'tasks').map((one, i) => taskOf(object(one, `tasks[${i}]`), `tasks[${i}]`));
  for (const key of ['id', 'index'] as const) {
    if (new Set(tasks.map((task) => task[key])).size < tasks.length) throw wrong(`two tasks have the same ${key}`);
  }
  return {
    schema: OUTLINE_SCHEMA,
    id: idOf(card.id, 'id'),
    version: text(card.version, 'version'),
    title: text(card.title, 'title'),
    summary: text(card.summary, 'summary', { empty: true }),
    weights: weightsOf(object(card.weights, 'weights')),
    input,
    mirrored: flag(card.mirrored, 'mirrored'),
    outputs: outputsOf(object(card.outputs, 'outputs')),
    tasks,
    ...(card.begunFrom !== undefined && { begunFrom: text(card.begunFrom, 'begunFrom') }),
    data: list(card.data, 'data').map((one, i) => dataOf(object(one, `data[${i}]`), `data[${i}]`)),
    how: text(card.how, 'how', { empty: true }),
    limits: list(card.limits, 'limits').map((one, i) => text(one, `limits[${i}]`)),
    notice: card.notice === undefined ? NOTICE : text(card.notice, 'notice'),
  };
}

function outputsOf({ masks, presence, columns, rows }: Fields): OutlineCard['outputs'] {
  const side = { from: 1, to: LARGEST.side, whole: true };
  return {
    masks: text(masks, 'outputs.masks'),
    presence: text(presence, 'outputs.presence'),
    columns: number(columns, 'outputs.columns', side),
    rows: number(rows, 'outputs.rows', side),
  };
}

function taskOf(task: Fields, at: string): OutlineTask {
  const examines = flag(task.examines, `${at}.examines`);
  const presence = object(task.presence, `${at}.presence`);
  const from = object(task.from, `${at}.from`);
  const weight = (name: string): number => number(presence[name], `${at}.presence.${name}`);
  const maskFrom = number(task.maskFrom, `${at}.maskFrom`, SHARE);
  if (maskFrom === 0 || maskFrom === 1) throw wrong(`${at}.maskFrom is ${maskFrom}, which marks everything or nothing`);
  return {
    id: idOf(task.id, `${at}.id`),
    title: text(task.title, `${at}.title`),
    kind: oneOf(task.kind, `${at}.kind`, KINDS),
    index: number(task.index, `${at}.index`, { from: 0, to: CHANNELS - 1, whole: true }),
    examines,
    // Who is not asked must be able to say why.
    ...((!examines || task.why !== undefined) && { why: text(task.why, `${at}.why`) }),
    routes: some(task.routes, `${at}.routes`).map((one, i) => routeOf(object(one, `${at}.routes[${i}]`), `${at}.routes[${i}]`)),
    from: {
      modality: number(from.modality, `${at}.from.modality`, SHARE),
      anatomy: number(from.anatomy, `${at}.from.anatomy`, SHARE),
    },
    window: task.window === null ? null : windowOf(object(task.window, `${at}.window`), `${at}.window`),
    maskFrom,
    smallest: number(task.smallest, `${at}.smallest`, SHARE),
    filled: flag(task.filled, `${at}.filled`),
    presence: { bias: weight('bias'), logit: weight('logit'), peak: weight('peak'), area: weight('area') },
    measured: measuredOf(object(task.measured, `${at}.measured`), `${at}.measured`),
  };
}

function routeOf({ modality, anatomy, sequence, dimension }: Fields, at: string): Route {
  return {
    modality: some(modality, `${at}.modality`).map((one, i) => known(one, { name: `${at}.modality[${i}]`, values: MODALITY_VALUES })),
    anatomy: list(anatomy, `${at}.anatomy`).map((one, i) => known(one, { name: `${at}.anatomy[${i}]`, values: ANATOMY_VALUES })),
    ...(sequence !== undefined && { sequence: some(sequence, `${at}.sequence`).map((one, i) => text(one, `${at}.sequence[${i}]`)) }),
    ...(dimension !== undefined && {
      dimension: some(dimension, `${at}.dimension`).map((one, i) => oneOf(one, `${at}.dimension[${i}]`, ['2D', '3D', '2D+t', '3D+t'])),
    }),
  };
}

function known(value: unknown, { name, values }: { name: string; values: ReadonlySet<string> }): string {
  const found = text(value, name);
  if (!values.has(found)) throw wrong(`${name} is ${found}, which Medley does not know`);
  return found;
}

const windowOf = ({ center, width }: Fields, at: string): NonNullable<OutlineTask['window']> => ({
  center: number(center, `${at}.center`),
  width: number(width, `${at}.width`, { from: Number.MIN_VALUE }),
});

function measuredOf(measured: Fields, at: string): OutlineTask['measured'] {
  return {
    leftOut: oneOf(measured.leftOut, `${at}.leftOut`, ['sources', 'patients']),
    dice: shareOf(measured.dice, `${at}.dice`),
    auroc: shareOf(measured.auroc, `${at}.auroc`),
    falseAlarms: shareOf(measured.falseAlarms, `${at}.falseAlarms`),
    images: number(measured.images, `${at}.images`, COUNT),
    negatives: number(measured.negatives, `${at}.negatives`, COUNT),
    sources: list(measured.sources, `${at}.sources`).map((one, i) => text(one, `${at}.sources[${i}]`)),
  };
}
