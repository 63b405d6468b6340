// The frames of a segmentation: which slices of which segment are kept, their functional groups (PS3.3 C.7.6.16, C.8.20.3) and their bits (PS3.5 8.1.1).
import type { Instance, Original } from '../../core/export-task.ts';
import type { Mask } from '../../core/mask.ts';
import { sliceBits } from '../../core/mask-grid.ts';
import { countsOf } from '../../core/mask-measure.ts';
import { Unreadable } from '../../core/unreadable.ts';
import { imageAt, type Space } from '../space.ts';
import { coded } from './codes.ts';
import type { DataSet, Element } from './elements.ts';

/** One slice of one segment in which something is marked. */
export interface Frame {
  /** From 1. */
  readonly segment: number;
  readonly slice: number;
  readonly source: Instance | undefined;
}

/** Bytes that pixels may take. */
const MOST = 2 ** 30;

/** Segment by segment, slice by slice; slices without a mark are left out (PS3.3 C.8.20.2). */
export function framesOf(masks: readonly Mask[], original: Original): Frame[] {
  return masks.flatMap((mask, at) =>
    [...countsOf(mask)].flatMap((marked, slice) =>
      marked ? [{ segment: at + 1, slice, source: original.instances[imageAt(slice, original)] }] : [],
    ),
  );
}

/** One bit a pixel, the lowest bit first, frames one behind the other without a gap. Throws Unreadable where that is too much. */
export function packedBits(frames: readonly Frame[], masks: readonly Mask[]): Uint8Array {
  const [first] = masks;
  const size = first ? first.columns * first.rows : 0;
  const length = Math.ceil((frames.length * size) / 8);
  if (length > MOST) throw new Unreadable('E-TOOBIG', 'The mask is too large for one DICOM object.');
  const packed = new Uint8Array(length);
  const bits = new Uint8Array(size);
  for (const [at, { segment, slice }] of frames.entries()) {
    sliceBits(masks[segment - 1] as Mask, slice, bits);
    for (let i = bits.indexOf(1), base = at * size; i >= 0 && i < size; i++) {
      if (bits[i]) packed[(base + i) >>> 3] = (packed[(base + i) >>> 3] as number) | (1 << ((base + i) & 7));
    }
  }
  return packed;
}

export interface Placing {
  readonly space: Space;
  /** Whether frames are told where they lie; else only what they were drawn on. */
  readonly placed: boolean;
  /** Whether each place comes once, so that places number the frames. */
  readonly byPlace: boolean;
}

/** The index by which frames are found: segment, then place or number in the stack. */
export function dimensions(uid: string, { byPlace }: Pick<Placing, 'byPlace'>): Element[] {
  const index = (pointer: number, group: number, label: string): DataSet => [
    [0x00209164, 'UI', uid],
    [0x00209165, 'AT', [pointer]],
    [0x00209167, 'AT', [group]],
    [0x00209421, 'LO', label],
  ];
  const second = byPlace
    ? index(0x00200032, 0x00209113, 'Image Position Patient')
    : index(0x00209057, 0x00209111, 'In-Stack Position Number');
  return [
    [0x00209221, 'SQ', [[[0x00209164, 'UI', uid]]]],
    [0x00209222, 'SQ', [index(0x0062000b, 0x0062000a, 'Segment Number'), second]],
  ];
}

/** What all frames share, and what each has of its own. */
export function functionalGroups(
  frames: readonly Frame[],
  { placing, thickness }: { placing: Placing; thickness: number | undefined },
): Element[] {
  const { space, placed } = placing;
  const [dx, dy] = space.spacing;
  const stepMm = Math.hypot(...space.step);
  const measures: DataSet = [
    [0x00180050, 'DS', [thickness ?? stepMm]],
    ...(space.even && space.positions.length > 1 ? [[0x00180088, 'DS', [stepMm]] as const] : []),
    // Between rows, then between columns (PS3.3 10.7.1.3).
    [0x00280030, 'DS', [dy, dx]],
  ];
  const shared: DataSet = placed
    ? [
        [0x00289110, 'SQ', [measures]],
        [0x00209116, 'SQ', [[[0x00200037, 'DS', [...space.axes[0], ...space.axes[1]]]]]],
      ]
    : [];
  return [
    [0x52009229, 'SQ', [shared]],
    [0x52009230, 'SQ', frames.map((frame) => groupOf(frame, placing))],
  ];
}

function groupOf({ segment, slice, source }: Frame, { space, placed, byPlace }: Placing): DataSet {
  const place = space.positions[slice] ?? [0, 0, 0];
  const stack: DataSet = byPlace
    ? []
    : [
        [0x00209056, 'SH', '1'],
        [0x00209057, 'UL', [slice + 1]],
      ];
  return [
    ...(source ? [derivedFrom(source)] : []),
    [0x00209111, 'SQ', [[...stack, [0x00209157, 'UL', [segment, slice + 1]]]]],
    ...(placed ? [[0x00209113, 'SQ', [[[0x00200032, 'DS', [...place]]]]] as const] : []),
    [0x0062000a, 'SQ', [[[0x0062000b, 'US', [segment]]]]],
  ];
}

/** Derivation Image macro (PS3.3 C.7.6.16.2.6). */
function derivedFrom(source: Instance): Element {
  const image: DataSet = [
    ...instance(source),
    [0x0028135a, 'CS', 'YES'],
    coded(0x0040a170, { value: '121322', scheme: 'DCM', meaning: 'Source image for image processing operation' }),
  ];
  return [
    0x00089124,
    'SQ',
    [[[0x00082112, 'SQ', [image]], coded(0x00089215, { value: '113076', scheme: 'DCM', meaning: 'Segmentation' })]],
  ];
}

/** SOP Instance Reference, with its frame where there are several. */
export const instance = ({ sopClass, sopInstance, frame }: Instance): DataSet => [
  [0x00081150, 'UI', sopClass],
  [0x00081155, 'UI', sopInstance],
  ...(frame === undefined ? [] : [[0x00081160, 'IS', String(frame)] as const]),
];
