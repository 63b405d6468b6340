// The form for a model of one's own, as data: its fields, what is wrong with them in plain words, and the manifest they make. Pure.
import type { Question } from '../../core/evidence.ts';
import { anatomyOf, modalityOf } from '../../core/vocabulary.ts';
import { choicesFor } from '../details/words.ts';

export type OwnQuestion = Exclude<Question, 'role' | 'dimension'>;
export const OWN_QUESTIONS: readonly OwnQuestion[] = [
  'modality',
  'anatomy',
  'sequence',
  'contrast',
  'plane',
  'tumour',
  'lesion',
  'vessels',
];

export interface Fields {
  readonly title: string;
  readonly url: string;
  readonly question: OwnQuestion;
  readonly input: string;
  readonly output: string;
  readonly columns: string;
  readonly rows: string;
  readonly channels: '1' | '3';
  readonly layout: 'NCHW' | 'NHWC';
  /** What pixel values of 0–255 are divided by. */
  readonly scale: string;
  /** One number a channel, commas between. */
  readonly mean: string;
  readonly std: string;
  readonly activation: 'softmax' | 'sigmoid' | 'none';
  /** Per cent below which it says nothing. */
  readonly answerFrom: string;
  /** In the order of the output; '' stands for no answer. */
  readonly classes: readonly { readonly label: string; readonly value: string }[];
}

/** As most networks trained on natural pictures want it. */
export const EMPTY_FIELDS: Fields = {
  title: '',
  url: '',
  question: 'modality',
  input: 'input',
  output: 'output',
  columns: '224',
  rows: '224',
  channels: '3',
  layout: 'NCHW',
  scale: '255',
  mean: '0.485, 0.456, 0.406',
  std: '0.229, 0.224, 0.225',
  activation: 'softmax',
  answerFrom: '60',
  classes: [],
};

export type Problems = Partial<Record<keyof Fields, string>>;

const numbers = (text: string): number[] =>
  text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(Number);
const isSide = (text: string): boolean => /^\d+$/.test(text.trim()) && Number(text) >= 8 && Number(text) <= 2048;

/** What stands in the way, by field; {} where the form can be sent. */
export function problemsOf(fields: Fields): Problems {
  const problems: Record<string, string> = {};
  const channels = Number(fields.channels);
  if (!fields.title.trim()) problems.title = 'Give it a name.';
  const url = urlProblem(fields.url);
  if (url) problems.url = url;
  for (const name of ['input', 'output'] as const)
    if (!fields[name].trim()) problems[name] = `The ${name}’s name, as the ONNX file has it.`;
  for (const side of ['columns', 'rows'] as const) if (!isSide(fields[side])) problems[side] = 'A whole number of pixels from 8 to 2048.';
  if (!(Number(fields.scale) > 0)) problems.scale = 'A number above 0: 255 for values from 0 to 1, 1 for values from 0 to 255.';
  for (const name of ['mean', 'std'] as const) {
    const list = numbers(fields[name]);
    if (list.length !== channels || !list.every(Number.isFinite))
      problems[name] = `${channels === 1 ? 'One number' : 'Three numbers'}, one a channel.`;
    else if (name === 'std' && list.some((one) => one <= 0)) problems.std = 'Numbers above 0: values are divided by them.';
  }
  const least = Number(fields.answerFrom);
  if (!(least >= 0 && least <= 100) || fields.answerFrom.trim() === '') problems.answerFrom = 'A number from 0 to 100.';
  const classes = classesProblem(fields);
  if (classes) problems.classes = classes;
  return problems;
}

function urlProblem(text: string): string | undefined {
  if (!text.trim()) return 'Paste the address of an ONNX file.';
  const base = 'https://this.site/';
  if (!URL.canParse(text.trim(), base) || !/^https?:$/.test(new URL(text.trim(), base).protocol))
    return 'An address that begins with https://.';
  return undefined;
}

function classesProblem({ classes, activation }: Fields): string | undefined {
  const least = activation === 'sigmoid' ? 1 : 2;
  if (classes.length < least)
    return least === 1 ? 'Name at least one class.' : 'Name at least two classes, one a line, in the order of the output.';
  if (!classes.some(({ value }) => value)) return 'At least one class must stand for a value that Medley knows.';
  return undefined;
}

/** Lines of text as classes; what stands for what stays where a label stays, and is guessed for new ones. */
export function classesOf(text: string, { question, before }: { question: OwnQuestion; before: Fields['classes'] }): Fields['classes'] {
  const known = new Map(before.map(({ label, value }) => [label, value]));
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)
    .map((label) => ({ label, value: known.get(label) ?? guessed(question, label) }));
}

/** The value of the vocabulary that a label seems to mean; '' where none does. */
export function guessed(question: OwnQuestion, label: string): string {
  const choices = choicesFor(question, undefined).filter(({ value }) => value !== 'UNKNOWN');
  const plain = label.trim().toLowerCase();
  const names = ({ value, label: name }: { value: string; label: string }): string[] => [value, name, name.replace(/ \(.*\)$/, '')];
  const same = choices.find((choice) => names(choice).some((name) => name.toLowerCase() === plain));
  if (same) return same.value;
  if (question === 'modality') return modalityOf(label) ?? '';
  if (question === 'anatomy') return anatomyOf(label) ?? '';
  return '';
}

/** Letters and digits of the title, "My net v2" → my-net-v2. */
export const idOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40) || 'model';

/** The manifest of a form without problems, as somebody would paste it: size and hash of the weights are learnt by fetching them. */
export function manifestOf(fields: Fields): Record<string, unknown> {
  const title = fields.title.trim();
  return {
    schema: 'medley.model/1',
    id: idOf(title),
    version: '1',
    title,
    summary: '',
    weights: { file: fields.url.trim() },
    input: {
      name: fields.input.trim(),
      columns: Number(fields.columns),
      rows: Number(fields.rows),
      channels: Number(fields.channels),
      layout: fields.layout,
      scale: Number(fields.scale),
      mean: numbers(fields.mean),
      std: numbers(fields.std),
    },
    outputs: [
      {
        name: fields.output.trim(),
        question: fields.question,
        activation: fields.activation,
        temperature: 1,
        classes: fields.classes.map(({ label, value }) => ({ label, value: value || null })),
        answerFrom: Number(fields.answerFrom) / 100,
      },
    ],
    limits: [],
    notice: 'Research use only, not a medical device.',
  };
}
