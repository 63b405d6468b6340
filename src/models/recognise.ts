// The shared network (public/models/recognise.card.json): what made the picture, what it shows, and for single slices their plane.
// Its classes are coarser than the vocabulary: what looks the same to it is decided by who else speaks, or by the few rules here.
import { valuesOf, voicesOf } from '../core/answers.ts';
import type { Seen } from '../core/classifier.ts';
import type { Evidence } from '../core/evidence.ts';
import type { Answer, Model } from '../core/model.ts';
import { modalityOf } from '../core/vocabulary.ts';

const ID = 'recognise';
/** Smaller pictures show too little. Pixels. */
const SMALLEST = 24;
/** Log odds of what is a doubt about the header, not a contradiction: below those of core/agreement.ts. */
const DOUBT = 1;
/** From this probability on one head is taken into account by the rules for another. */
const LEADING = 0.5;

/** Values that look the same to the network, by class; the first is the card's. */
const ALIKE: readonly (readonly string[])[] = [
  ['DX', 'CR', 'RG', 'IO', 'PX', 'RF'],
  ['US', 'IVUS'],
  ['PT', 'NM'],
  ['XA', 'RF'],
  ['DMS', 'XC'],
  ['SM', 'GM'],
  ['BRAIN', 'HEAD', 'SKULL'],
  ['NECK', 'THYROID'],
  ['ABDOMEN', 'LIVER', 'SPLEEN', 'PANCREAS'],
  ['PELVIS', 'PROSTATE'],
  ['FETUS', 'UTERUS'],
  ['TISSUE', 'BLOOD'],
];
/** Organs that scintigraphy shows and PET hardly ever by themselves. */
const SCINTIGRAPHY = new Set(['KIDNEY', 'THYROID', 'NECK', 'HEART']);

/** The value that a head favours clearly, said aloud or not. */
function leading(answer: Answer | undefined): string | undefined {
  const [best] = answer ? valuesOf(answer) : [];
  return best && best[1] >= LEADING ? best[0] : undefined;
}

/** A jaw on an X-ray is a panoramic view; a single nuclear picture of such an organ, or of the whole body, is scintigraphy. */
function narrowed(value: string, part: string | undefined, { layout }: Seen): string {
  if (value === 'DX' && part === 'JAW') return 'PX';
  const flat = layout.slices <= 1;
  if (value === 'PT' && part && (SCINTIGRAPHY.has(part) || (flat && part === 'WHOLEBODY'))) return 'NM';
  return value;
}

/** A localizer is a projection, whatever scanner made it. */
function alikes(value: string, imageType: string): readonly string[] | undefined {
  const alike = ALIKE.find((values) => values.includes(value));
  return value === 'DX' && /LOCALI[SZ]ER|SCOUT/.test(imageType) ? [...(alike ?? []), 'CT'] : alike;
}

/** (0008,0008) Image Type, all values. */
const imageTypeOf = ({ header: { tags } }: Seen): string => [tags.ImageType ?? ''].flat().join(' ').toUpperCase();

/** Phantoms and test images of scanners look like nothing in medicine, and are what their headers say all the same. */
const isTest = ({ value }: Evidence, { header }: Seen): boolean =>
  value === 'OTHER' && modalityOf(String(header.tags.Modality ?? '')) !== undefined;

function evidence(answers: readonly Answer[], seen: Seen): Evidence[] {
  const on = (question: string): Answer | undefined => answers.find((answer) => answer.question === question);
  const [modality, anatomy, plane] = [on('modality'), on('anatomy'), on('plane')];
  const [kind, part] = [leading(modality), leading(anatomy)];
  const heard = modality ? voicesOf(modality, { by: ID }) : [];
  const voices = heard.map((voice) => ({ ...voice, value: narrowed(voice.value, part, seen) }));
  // What is no medical image shows no part of a body.
  if (anatomy && kind !== 'OTHER') voices.push(...voicesOf(anatomy, { by: ID }));
  const slice = seen.layout.slices <= 1 && !seen.header.geometry?.orientation && (kind === 'CT' || kind === 'MR');
  if (plane && slice) voices.push(...voicesOf(plane, { by: ID }));
  return voices.map((voice) => {
    const alike = alikes(voice.value, imageTypeOf(seen));
    return { ...voice, logOdds: isTest(voice, seen) ? Math.min(voice.logOdds, DOUBT) : voice.logOdds, ...(alike && { alike }) };
  });
}

/** Maps of perfusion look like none of the pictures it has learnt from. */
function looksAt(seen: Seen): boolean {
  const { role, shape, undecoded } = seen.header;
  const isPicture = role === 'image' && !undecoded && shape !== undefined && Math.min(shape.columns, shape.rows) >= SMALLEST;
  return isPicture && !imageTypeOf(seen).includes('PERFUSION');
}

export default {
  id: ID,
  answers: ['modality', 'anatomy', 'plane'],
  views: { slices: 5, across: 2 },
  looksAt,
  evidence,
} satisfies Model;
