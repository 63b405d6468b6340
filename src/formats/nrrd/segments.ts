// Segments of 3D Slicer (.seg.nrrd): names, label values and layers in keys Segment0_Name, Segment0_LabelValue, Segment0_Layer, Segment0_Tags.
import { type DrawnLabels, kindOfCodes } from '../../core/drawing.ts';
import { kindOfWords } from '../../core/masks.ts';
import type { Nrrd } from './header.ts';

const MOST = 1024;

/** The labels that the header names; undefined where it is no segmentation of Slicer. */
export function labelsOf({ keys }: Pick<Nrrd, 'keys'>): DrawnLabels | undefined {
  const labels: DrawnLabels['labels'][number][] = [];
  for (let n = 0; n < MOST && (keys.has(`Segment${n}_ID`) || keys.has(`Segment${n}_Name`)); n++) {
    const of = (name: string): string | undefined => keys.get(`Segment${n}_${name}`)?.trim() || undefined;
    const name = of('Name') ?? of('ID') ?? `segment ${n + 1}`;
    const { codes, words } = terms(of('Tags') ?? '');
    labels.push({
      number: whole(of('LabelValue')) ?? n + 1,
      layer: whole(of('Layer')) ?? 0,
      name,
      kind: kindOfCodes(codes.slice(1)) ?? kindOfWords(`${name} ${words}`) ?? kindOfCodes(codes) ?? 'organ',
    });
  }
  return labels.length ? { kind: 'labels', labels } : undefined;
}

const whole = (text: string | undefined): number | undefined => (text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined);

/** TerminologyEntry:context~category~type~modifier~…; a code is scheme^value^meaning. Category, then type. */
function terms(tags: string): { codes: string[]; words: string } {
  const entry = /TerminologyEntry:([^|]*)/.exec(tags)?.[1] ?? '';
  const coded = entry
    .split('~')
    .slice(1, 3)
    .map((part) => part.split('^'));
  return { codes: coded.map(([, value = '']) => value), words: coded[1]?.[2] ?? '' };
}
