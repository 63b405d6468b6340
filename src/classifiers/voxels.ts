// What a few decoded frames say by plain statistics, no model: Hounsfield numbers, label volumes, and the coarse look of colour and grey pictures.
// Careful on purpose: a wrong label costs more than none, and models look later.
import type { Classifier, Seen } from '../core/classifier.ts';
import type { Evidence, Question } from '../core/evidence.ts';
import type { Pixels } from '../core/pixels.ts';
import { type Grey, grains, type Look, lookOf, statisticsOf } from './voxels/statistics.ts';

const BY = 'voxels';
const VOLUMES = new Set(['nifti', 'analyze', 'nrrd', 'mha']);

function voice(question: Question, value: string, logOdds: number, because: string): Evidence {
  return { question, value, logOdds, from: 'voxels', by: BY, because };
}

/** CT volumes count in Hounsfield units: air near −1000, soft tissue near 40, little between; nothing else in medicine does. */
function byHounsfield(grey: Grey): Evidence[] {
  const percent = (part: number): number => Math.round(part * 100);
  if (grey.min >= -4096 && grey.min <= -800 && grey.max < 32768 && grey.air > 0.03 && grey.soft > 0.03) {
    return [
      voice(
        'modality',
        'CT',
        3.2,
        `${percent(grey.air)} % of the values lie about air (−1000 HU) and ${percent(grey.soft)} % about soft tissue`,
      ),
    ];
  }
  if (grey.whole && grey.min >= -1100 && grey.min < -150 && grey.soft > 0.3 && grey.max < 4000)
    return [voice('modality', 'CT', 1.2, `values from ${grey.min} to ${grey.max} like Hounsfield units`)];
  return [];
}

/** MR volumes have arbitrary units from 0: a dark background, one broad hump, a long tail. */
function byArbitraryUnits(grey: Grey): Evidence[] {
  if (grey.min < -50 || grey.distinct < 64 || grey.max <= 1) return [];
  const skewed = grey.low > 0.2 && grey.low < 0.95 && grey.p99 > 4 * Math.max(1, Math.abs(grey.median));
  const tissue = grey.low > 0.15 && grey.low < 0.9;
  if (!skewed && !tissue) return [];
  return [
    voice(
      'modality',
      'MR',
      grey.max > 255 ? 1.2 : 0.6,
      `no negative values, ${Math.round(grey.low * 100)} % dark background, up to ${Math.round(grey.max)}`,
    ),
  ];
}

/** Whole small numbers, mostly 0, in flat areas: a segmentation. A hint that makes a doubtful name sure, and no more: phantoms are flat too. */
function byLabels(grey: Grey, frames: readonly Pixels[], isVolume: boolean): Evidence[] {
  if (!grey.whole || grey.distinct < 2 || grey.distinct > 64) return [];
  const grain = grains(frames);
  if (grain > 0.06 || grey.zero < 0.3) return [];
  const odds = isVolume && grey.max <= 255 ? 1 : 0.4;
  return [voice('role', 'mask', odds, `${grey.distinct} whole values in flat areas, ${Math.round(grey.zero * 100)} % of them 0`)];
}

/**
 * A photograph of the fundus: a smooth orange disc on black, without highlights. Measured on 1,424 pictures of 13 kinds: endoscopes have highlights and
 * more blue. Stains, sectors of ultrasound and lesions of the skin were tried the same way and confused too much to be spoken of here.
 */
function byLook(look: Look): Evidence[] {
  const disc = look.disc > 0.95 && look.darkCorners > 0.9;
  if (!disc || look.coloured < 0.4 || look.orange < 0.6 || look.bright > 0.0015 || look.blue > 0.45 || look.step > 0.028) return [];
  const because = `a smooth orange disc on black (${Math.round(look.orange * 100)} % of it orange)`;
  return [
    voice('modality', 'OP', 2.2, because),
    voice('anatomy', 'EYE', 2.2, because),
    voice('vessels', 'yes', 2, 'a photograph of the fundus shows its vessels'),
  ];
}

function classify({ pixels, header, layout }: Seen): Evidence[] {
  const frames = pixels?.filter((frame) => frame.data.length > 0) ?? [];
  const [first] = frames;
  if (!first) return [];
  const isVolume = VOLUMES.has(header.format);
  if (first.samples >= 3 || first.photometric === 'PALETTE') return isVolume ? [] : byLook(lookOf(first));
  const grey = statisticsOf(frames);
  if (grey.distinct < 2) return [];
  const labels = header.format === 'dicom' ? [] : byLabels(grey, frames, isVolume);
  if (labels.some(({ logOdds }) => logOdds >= 1)) return labels;
  if (!isVolume) return labels;
  const ct = byHounsfield(grey);
  return [...labels, ...(ct.length || layout.columns < 16 ? ct : byArbitraryUnits(grey))];
}

export default { id: BY, answers: ['modality', 'anatomy', 'role', 'vessels'], needs: 'pixels', classify } satisfies Classifier;
