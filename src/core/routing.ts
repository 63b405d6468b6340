// Routing: which outlining tasks may look at an item, by its fused labels and what its header says; and for each kind one plain sentence why none may.
// Decided before any pixel is read. What is not known surely enough is not examined.
import { FEATURE_KINDS, type FeatureKind, type Label } from './evidence.ts';
import type { Item } from './item.ts';
import type { OutlineCard, OutlineTask, Route } from './outline-card.ts';
import { ancestors, groupOf, nameOf } from './vocabulary.ts';

export interface Routed {
  readonly card: OutlineCard;
  readonly task: OutlineTask;
}

export interface Routes {
  /** Tasks that may look, organs too, in the order of the cards. */
  readonly tasks: readonly Routed[];
  /** For every kind that no task may look for. */
  readonly why: Readonly<Partial<Record<FeatureKind, string>>>;
}

export type RoutedItem = Pick<Item, 'labels' | 'tags' | 'undecoded'>;

const KIND_WORDS: Readonly<Record<FeatureKind, string>> = { tumour: 'tumours', lesion: 'other lesions', vessels: 'vessels' };

export function routesFor(item: RoutedItem, cards: readonly OutlineCard[]): Routes {
  const every = cards.flatMap((card) => card.tasks.map((task) => ({ card, task, fit: fitOf(task, item) })));
  const barred = barrierOf(item);
  const tasks = barred === undefined ? every.filter(({ fit, task }) => fit.step === 'fits' && task.examines) : [];
  const why: Partial<Record<FeatureKind, string>> = {};
  for (const kind of FEATURE_KINDS) {
    if (tasks.some(({ task }) => task.kind === kind)) continue;
    why[kind] = barred ?? whyNot(kind, { fits: every.filter(({ task }) => task.kind === kind), item });
  }
  return { tasks: tasks.map(({ card, task }) => ({ card, task })), why };
}

/** How far a task comes, from no route at all to a fit. */
const STEPS = ['modality', 'modality unsure', 'anatomy', 'anatomy unsure', 'sequence', 'dimension', 'fits'] as const;
type Step = (typeof STEPS)[number];

interface Fit {
  readonly step: Step;
  /** The confidence that was asked for, where it was not reached. */
  readonly asked?: number;
}

interface Tried {
  readonly task: OutlineTask;
  readonly fit: Fit;
}

const further = (a: Fit, b: Fit): Fit => (STEPS.indexOf(b.step) > STEPS.indexOf(a.step) ? b : a);

/** The farthest that one of its routes leads. */
function fitOf(task: OutlineTask, item: RoutedItem): Fit {
  return task.routes.map((route) => fitOfRoute(route, { task, item })).reduce<Fit>(further, { step: 'modality' });
}

function fitOfRoute(route: Route, { task: { from }, item: { labels } }: { task: OutlineTask; item: RoutedItem }): Fit {
  const { modality, anatomy } = labels;
  if (isUnknown(modality) || !route.modality.includes(modality.value)) return { step: 'modality' };
  if (modality.confidence < from.modality || modality.conflict) return { step: 'modality unsure', asked: from.modality };
  if (route.anatomy.length > 0) {
    const parts = [anatomy.value, ...ancestors(anatomy.value)];
    if (isUnknown(anatomy) || !parts.some((part) => route.anatomy.includes(part))) return { step: 'anatomy' };
    if (anatomy.confidence < from.anatomy) return { step: 'anatomy unsure', asked: from.anatomy };
  }
  const sequence = labels.sequence?.value ?? 'UNKNOWN';
  if (route.sequence && !route.sequence.includes(sequence)) return { step: 'sequence' };
  return { step: route.dimension && !route.dimension.includes(labels.dimension.value) ? 'dimension' : 'fits' };
}

const isUnknown = ({ value }: Label): boolean => value === 'UNKNOWN';

/** What the task that came farthest needed. */
function whyNot(kind: FeatureKind, { fits, item }: { fits: readonly Tried[]; item: RoutedItem }): string {
  const { modality, anatomy, sequence } = item.labels;
  const what = KIND_WORDS[kind];
  if (isUnknown(modality)) return `It is not known what kind of image this is, so nobody looked for ${what}.`;
  const best = fits.reduce<Fit>((far, { fit }) => further(far, fit), { step: 'modality' });
  const asked = percent(lowest(fits.filter(({ fit }) => fit.step === best.step).map(({ fit }) => fit.asked ?? 1)));
  const kindOfImage = nameOf(modality.value);
  switch (best.step) {
    case 'modality':
      return `No model here looks for ${what} in such images (${inWords(kindOfImage)}).`;
    case 'modality unsure':
      return modality.conflict
        ? `Header and picture disagree about what kind of image this is, so nobody looked for ${what}.`
        : `That this is ${inWords(kindOfImage)} is not sure enough to look for ${what} (${percent(modality.confidence)}, ${asked} are needed).`;
    case 'anatomy':
      return isUnknown(anatomy)
        ? `It is not known which part of the body is shown, so nobody looked for ${what}.`
        : `No model here looks for ${what} in such images of this part of the body (${inWords(kindOfImage)}, ${inWords(nameOf(anatomy.value))}).`;
    case 'anatomy unsure':
      return `That this shows ${inWords(nameOf(anatomy.value))} is not sure enough to look for ${what} (${percent(anatomy.confidence)}, ${asked} are needed).`;
    case 'sequence':
      return sequence && !isUnknown(sequence)
        ? `No model here has learnt to find ${what} in this MR sequence (${sequence.value}).`
        : `Which MR sequence this is is not known, so nobody looked for ${what}.`;
    case 'dimension':
      return `No model here looks for ${what} in such images as ${item.labels.dimension.value} (${inWords(kindOfImage)}).`;
    default:
      return silenced(kind, fits);
  }
}

/** Tasks fit, but none of them is good enough to be asked. */
function silenced(kind: FeatureKind, fits: readonly Tried[]): string {
  const reasons = fits.filter(({ fit }) => fit.step === 'fits').flatMap(({ task }) => (task.why ? [task.why] : []));
  return reasons.length
    ? [...new Set(reasons)].join(' ')
    : `The model for ${KIND_WORDS[kind]} in such images is not good enough to be asked.`;
}

const lowest = (numbers: readonly number[]): number => Math.min(1, ...numbers);
const percent = (p: number): string => `${Math.round(p * 100)} %`;
/** Names begin with a capital; abbreviations keep theirs. */
const inWords = (name: string): string => (/^[A-Z]{2}|^X-/.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1));

/** One plain sentence where its header, or its pixels that cannot be read, forbid to examine it at all. PS3.3 C.7.6.1.1.2 Image Type, C.8.6.1 SC. */
function barrierOf({ tags, labels, undecoded }: RoutedItem): string | undefined {
  if (undecoded !== undefined) return 'Its pixels cannot be read, so nobody looked.';
  const type = [tags.ImageType ?? '']
    .flat()
    .join('\\')
    .toUpperCase()
    .split('\\')
    .map((part) => part.trim());
  if (labels.sequence?.value === 'localizer' || type.some((part) => LOCALIZER.test(part))) {
    return 'It is a localizer, which only shows where slices lie, so nobody looked.';
  }
  const words = [tags.SeriesDescription, tags.ProtocolName, tags.StudyDescription].filter(Boolean).join(' ');
  if (PHANTOM.test(words)) return 'Its header says that it shows a phantom, so nobody looked.';
  if (MASK.test(String(tags.SeriesDescription ?? ''))) return 'Its header says that it is a mask of another image, so nobody looked.';
  // Photographs and endoscopies come into DICOM as secondary captures; so no harm is in that.
  if (groupOf(labels.modality.value) === 'Optical') return undefined;
  if (String(tags.SOPClassUID ?? '').startsWith(SECONDARY_CAPTURE))
    return 'It is a secondary capture, not the image as it was taken, so nobody looked.';
  return type[0] === 'DERIVED' && (type[1] === 'SECONDARY' || type.some((part) => COMPUTED.test(part)))
    ? 'It was computed from other images, so nobody looked.'
    : undefined;
}

const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';
const LOCALIZER = /^(LOCALI[SZ]ER|SCOUT|TOPOGRAM|SURVEY)/;
const COMPUTED = /^(MIN_?IP|MIP|PROJECTION IMAGE|VOLUME_?RENDER|ADC|FA|R?CB[FV]|MTT|TTP|TMAX|PERFUSION|SUBTRACT|SCREEN ?SAVE)/;
const PHANTOM = /\bphantoms?\b|\bquality (assurance|control)\b/i;
const MASK = /\b(masks?|segmentations?|label ?maps?)\b/i;
