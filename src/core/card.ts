// The card of a model: what it answers, what it wants to see, its weights with their hash, how it was made and measured. Ours lie beside their
// weights (public/models/<id>.card.json); the manifest of a model that somebody brings has the same shape. Plain data, checked by readCard.
import {
  COUNT,
  type Fields,
  idOf,
  LARGEST,
  list,
  matching,
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
import type { Question } from './evidence.ts';
import type { TensorInput } from './tensor.ts';
import { ANATOMY, DIMENSIONS, MODALITIES } from './vocabulary.ts';

export const CARD_SCHEMA = 'medley.model/1';

export interface CardInput extends TensorInput {
  /** Of the tensor, as the ONNX file has it. */
  readonly name: string;
}

/** One possible answer of a head. `value`: a value of the vocabulary; null: the network knows it, but must not say it. */
export interface AnswerClass {
  readonly label: string;
  readonly value: string | null;
}

/** One head of the network. */
export interface CardOutput {
  /** Of the tensor, as the ONNX file has it. */
  readonly name: string;
  readonly question: Question;
  /** What turns its numbers into probabilities; none: they are probabilities already. */
  readonly activation: 'softmax' | 'sigmoid' | 'none';
  /** Numbers are divided by it first: calibration. */
  readonly temperature: number;
  /** In the order of the tensor. */
  readonly classes: readonly AnswerClass[];
  /** Calibrated probability below which it says nothing. */
  readonly answerFrom: number;
}

export interface CardData {
  readonly source: string;
  /** Where it comes from. */
  readonly original: string;
  readonly licence: string;
  readonly images: number;
}

export interface MeasuredClass {
  readonly label: string;
  readonly value: string | null;
  /** Whole sources, and their images, that were left out of training in turn. */
  readonly sources: number;
  readonly images: number;
  /** 0–1; null where nothing could be measured. */
  readonly accuracy: number | null;
  /** Of images whose kind another source had shown in training; null where there are none. */
  readonly taughtAccuracy: number | null;
}

export interface MeasuredOutput {
  readonly question: Question;
  /** Mean over classes of three sources or more, 0–1. */
  readonly macroAccuracy: number;
  /** Expected calibration error, 0–1. */
  readonly ece: number;
  /** The same of images whose kind another source had shown in training; `ece` null where it was not measured. */
  readonly taught?: { readonly macroAccuracy: number; readonly ece: number | null } | undefined;
  /** Area under the curve of telling what is no medical image from what is. */
  readonly rejectionAuroc?: number | undefined;
  readonly classes: readonly MeasuredClass[];
}

export interface ModelCard {
  readonly schema: typeof CARD_SCHEMA;
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly summary: string;
  /** `file`: relative to the card, or an address; `sha256`: lower-case hex. */
  readonly weights: { readonly file: string; readonly bytes: number; readonly sha256: string };
  readonly input: CardInput;
  readonly outputs: readonly CardOutput[];
  /** What its training began from, and its licence. */
  readonly begunFrom?: string | undefined;
  readonly data?: readonly CardData[] | undefined;
  readonly measured?: { readonly how: string; readonly outputs: readonly MeasuredOutput[] } | undefined;
  readonly limits: readonly string[];
  readonly notice: string;
}

const QUESTIONS: readonly Question[] = [
  'dimension',
  'modality',
  'anatomy',
  'sequence',
  'contrast',
  'plane',
  'role',
  'tumour',
  'lesion',
  'vessels',
];
const YES_NO: ReadonlySet<string> = new Set(['yes', 'no']);
const VALUES: Partial<Record<Question, ReadonlySet<string>>> = {
  modality: new Set(MODALITIES.map(({ code }) => code)),
  anatomy: new Set(ANATOMY.map(({ code }) => code)),
  dimension: new Set(DIMENSIONS.map(({ code }) => code)),
  plane: new Set(['axial', 'sagittal', 'coronal', 'oblique']),
  contrast: YES_NO,
  tumour: YES_NO,
  lesion: YES_NO,
  vessels: YES_NO,
};

/** Checks a card as parsed from JSON. Throws Unreadable (E-MALFORMED) with a sentence that names the field. What it does not know is left out. */
export function readCard(json: unknown): ModelCard {
  const card = object(json, 'The card');
  if (card.schema !== CARD_SCHEMA) throw wrong(`its schema is not ${CARD_SCHEMA}`);
  const { data, measured } = card;
  return {
    schema: CARD_SCHEMA,
    id: idOf(card.id, 'id'),
    version: text(card.version, 'version'),
    title: text(card.title, 'title'),
    summary: card.summary === undefined ? '' : text(card.summary, 'summary', { empty: true }),
    weights: weightsOf(object(card.weights, 'weights')),
    input: inputOf(object(card.input, 'input')),
    outputs: some(card.outputs, 'outputs').map((one, i) => outputOf(object(one, `outputs[${i}]`), `outputs[${i}]`)),
    ...(card.begunFrom !== undefined && { begunFrom: text(card.begunFrom, 'begunFrom') }),
    ...(data !== undefined && { data: list(data, 'data').map((one, i) => dataOf(object(one, `data[${i}]`), `data[${i}]`)) }),
    ...(measured !== undefined && { measured: measuredOf(object(measured, 'measured')) }),
    limits: card.limits === undefined ? [] : list(card.limits, 'limits').map((one, i) => text(one, `limits[${i}]`)),
    notice: card.notice === undefined ? NOTICE : text(card.notice, 'notice'),
  };
}

export function weightsOf({ file, bytes, sha256 }: Fields): ModelCard['weights'] {
  return {
    file: text(file, 'weights.file'),
    bytes: number(bytes, 'weights.bytes', { from: 1, to: LARGEST.bytes, whole: true }),
    sha256: matching(sha256, { name: 'weights.sha256', pattern: /^[0-9a-f]{64}$/, shape: '64 hexadecimal digits in small letters' }),
  };
}

export function inputOf(input: Fields): CardInput {
  const channels = input.channels;
  if (channels !== 1 && channels !== 3) throw wrong('input.channels is neither 1 nor 3');
  const each = (name: 'mean' | 'std'): number[] => {
    const values = list(input[name], `input.${name}`).map((one, i) => number(one, `input.${name}[${i}]`));
    if (values.length !== channels) throw wrong(`input.${name} has ${values.length} numbers for ${channels} channels`);
    return values;
  };
  const std = each('std');
  if (std.some((one) => one <= 0)) throw wrong('input.std has a number that is not above 0');
  const side = { from: 1, to: LARGEST.side, whole: true };
  return {
    name: text(input.name, 'input.name'),
    columns: number(input.columns, 'input.columns', side),
    rows: number(input.rows, 'input.rows', side),
    channels,
    layout: oneOf(input.layout, 'input.layout', ['NCHW', 'NHWC']),
    scale: number(input.scale, 'input.scale', { from: Number.MIN_VALUE }),
    mean: each('mean'),
    std,
  };
}

function outputOf(output: Fields, at: string): CardOutput {
  const question = oneOf(output.question, `${at}.question`, QUESTIONS);
  const classes = some(output.classes, `${at}.classes`).map((one, i) =>
    classOf(object(one, `${at}.classes[${i}]`), { question, at: `${at}.classes[${i}]` }),
  );
  if (classes.length > LARGEST.classes) throw wrong(`${at}.classes has more than ${LARGEST.classes} classes`);
  return {
    name: text(output.name, `${at}.name`),
    question,
    activation: oneOf(output.activation, `${at}.activation`, ['softmax', 'sigmoid', 'none']),
    temperature: output.temperature === undefined ? 1 : number(output.temperature, `${at}.temperature`, { from: Number.MIN_VALUE }),
    classes,
    answerFrom: number(output.answerFrom, `${at}.answerFrom`, { from: 0, to: 1 }),
  };
}

function classOf({ label, value }: Fields, { question, at }: { question: Question; at: string }): AnswerClass {
  const named = text(label, `${at}.label`);
  if (value === null || value === undefined) return { label: named, value: null };
  const meant = text(value, `${at}.value`);
  if (VALUES[question] && !VALUES[question].has(meant)) throw wrong(`${at}.value is ${meant}, which is no ${question} that Medley knows`);
  return { label: named, value: meant };
}

export function dataOf({ source, original, licence, images }: Fields, at: string): CardData {
  return {
    source: text(source, `${at}.source`),
    original: text(original, `${at}.original`, { empty: true }),
    licence: text(licence, `${at}.licence`),
    images: number(images, `${at}.images`, COUNT),
  };
}

function measuredOf({ how, outputs }: Fields): NonNullable<ModelCard['measured']> {
  return {
    how: text(how, 'measured.how'),
    outputs: list(outputs, 'measured.outputs').map((one, i) => {
      const at = `measured.outputs[${i}]`;
      const { question, macroAccuracy, ece, taught, rejectionAuroc, classes } = object(one, at);
      return {
        question: oneOf(question, `${at}.question`, QUESTIONS),
        macroAccuracy: number(macroAccuracy, `${at}.macroAccuracy`, SHARE),
        ece: number(ece, `${at}.ece`, SHARE),
        ...(taught !== undefined && { taught: taughtOf(object(taught, `${at}.taught`), `${at}.taught`) }),
        ...(rejectionAuroc !== undefined && { rejectionAuroc: number(rejectionAuroc, `${at}.rejectionAuroc`, SHARE) }),
        classes: list(classes, `${at}.classes`).map((each, c) =>
          measuredClassOf(object(each, `${at}.classes[${c}]`), `${at}.classes[${c}]`),
        ),
      };
    }),
  };
}

const taughtOf = ({ macroAccuracy, ece }: Fields, at: string) => ({
  macroAccuracy: number(macroAccuracy, `${at}.macroAccuracy`, SHARE),
  ece: shareOf(ece, `${at}.ece`),
});

function measuredClassOf({ label, value, sources, images, accuracy, taughtAccuracy }: Fields, at: string): MeasuredClass {
  return {
    label: text(label, `${at}.label`),
    value: value === null || value === undefined ? null : text(value, `${at}.value`),
    sources: number(sources, `${at}.sources`, COUNT),
    images: number(images, `${at}.images`, COUNT),
    accuracy: shareOf(accuracy, `${at}.accuracy`),
    taughtAccuracy: shareOf(taughtAccuracy, `${at}.taughtAccuracy`),
  };
}
