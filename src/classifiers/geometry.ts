// What the layout in space and time says: dimension (2D, 3D, 2D+t, 3D+t) and imaging plane. Looks at no pixel and no word.
import type { Classifier, Layout, Seen } from '../core/classifier.ts';
import type { Evidence } from '../core/evidence.ts';
import type { Header } from '../core/header.ts';

/** A volume needs at least this many parallel slices. */
const VOLUME = 3;
/** cos 20°: farther from every axis than that is oblique. */
const NEAR_AXIS = Math.cos((20 * Math.PI) / 180);
const PLANES = ['sagittal', 'coronal', 'axial'] as const;

function dimension(value: string, logOdds: number, because: string): Evidence {
  return { question: 'dimension', value, logOdds, from: 'geometry', by: 'geometry', because };
}

const count = (n: number, thing: string): string => `${n} ${thing}${n === 1 ? '' : 's'}`;

/** The layout in words that are one of the four values. */
function dimensionOf({ layout, header, headers }: Seen): Evidence {
  const mosaic = Number(header.tags.MosaicImages ?? 0);
  const slices = Math.max(layout.slices, mosaic);
  if (slices >= VOLUME && (layout.parallel || mosaic > 1 || layout.files === 1)) {
    const how = mosaic > 1 ? `a mosaic of ${mosaic} slices` : count(slices, 'parallel slice');
    return layout.frames > 1 ? dimension('3D+t', 5, `${how}, ${layout.frames} images at each position`) : dimension('3D', 5, how);
  }
  if (slices >= VOLUME) return dimension('2D', 2, `${count(slices, 'image')} that are not parallel`);
  if (layout.frames > 1) return cine(layout, slices, headers);
  return dimension('2D', slices > 1 ? 3 : 5, slices > 1 ? `only ${slices} slices` : 'a single image');
}

/** What tells the images of one place apart, if they are more than copies of each other. */
const TIMES = [
  'TemporalPositionIdentifier',
  'TemporalPositionIndex',
  'TriggerTime',
  'EchoTime',
  'EchoNumbers',
  'DiffusionBValue',
  'AcquisitionTime',
  'AcquisitionDateTime',
  'ContentTime',
  'InstanceNumber',
  'AcquisitionNumber',
];

const differs = (headers: readonly Header[], name: string): boolean =>
  new Set(headers.map((header) => String(header.tags[name] ?? ''))).size > 1;

/** Several frames at one place. Two parallel slices at several times are still a cine, not a volume. */
function cine(layout: Layout, slices: number, headers: readonly Header[]): Evidence {
  const tags = headers[0]?.tags ?? {};
  if (tags.TotalPixelMatrixColumns !== undefined || tags.Modality === 'SM')
    return dimension('2D', 5, `${layout.frames} tiles of one slide`);
  if (layout.files > 1 && headers.length > 1 && !TIMES.some((name) => differs(headers, name)))
    return dimension('2D', 3, `${layout.files} files at one position and one time`);
  const where = slices > 1 ? `${layout.frames} frames at each of ${slices} positions` : `${layout.frames} frames at one position`;
  const paged = headers[0]?.format === 'tiff' && tags.FrameTime === undefined;
  return dimension('2D+t', paged ? 2 : 4, where);
}

/** Plane from the unit normal in LPS: x sagittal, y coronal, z axial. */
function planeOf(normal: readonly number[] | undefined): Evidence[] {
  if (normal?.length !== 3) return [];
  const sizes = normal.map(Math.abs);
  const most = Math.max(...sizes);
  if (!Number.isFinite(most) || most === 0) return [];
  const value = most >= NEAR_AXIS ? (PLANES[sizes.indexOf(most)] ?? 'oblique') : 'oblique';
  const degrees = Math.round((Math.acos(Math.min(1, most)) * 180) / Math.PI);
  const because = `slices stand ${degrees}° from the ${PLANES[sizes.indexOf(most)]} plane`;
  return [{ question: 'plane', value, logOdds: Math.abs(most - NEAR_AXIS) < 0.01 ? 1.5 : 4, from: 'geometry', by: 'geometry', because }];
}

/** Formats whose orientation speaks of a patient; an ordinary picture has none. */
function classify(seen: Seen): Evidence[] {
  return [dimensionOf(seen), ...(seen.header.geometry?.orientation ? planeOf(seen.layout.normal) : [])];
}

export default { id: 'geometry', answers: ['dimension', 'plane'], needs: 'header', classify } satisfies Classifier;
