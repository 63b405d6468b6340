// How the stored pixels of a data set are laid out (PS3.3 C.7.6.3, PS3.5 section 8).
import type { Samples } from '../../core/pixels.ts';
import { Unreadable } from '../../core/unreadable.ts';
import type { Expected } from './codecs/codec.ts';
import type { DataSet } from './elements.ts';
import { frameCount } from './read.ts';
import { numbers, text } from './values.ts';

export interface Layout extends Expected {
  readonly planar: boolean;
  readonly frames: number;
  readonly float: boolean;
  /** Stored as two luminances and one pair of chromas (PS3.3 C.7.6.3.1.2). */
  readonly halved: boolean;
}

const FLOATS = new Set([0x7fe00008, 0x7fe00009]);
const MAX_SIDE = 65_535;

/** Reads the layout; throws Unreadable where it is none that DICOM allows. */
export function layoutOf(set: DataSet): Layout {
  const one = (tag: number) => numbers(set, tag, 'US', 1)[0];
  const float = FLOATS.has(set.stopped?.tag ?? 0);
  const [columns, rows] = [one(0x00280011) ?? 0, one(0x00280010) ?? 0];
  const samples = one(0x00280002) ?? 1;
  const allocated = float ? (set.stopped?.tag === 0x7fe00009 ? 64 : 32) : (one(0x00280100) ?? 0);
  const photometric = (text(set, 0x00280004) ?? 'MONOCHROME2').toUpperCase();
  if (columns < 1 || rows < 1 || columns > MAX_SIDE || rows > MAX_SIDE)
    throw new Unreadable('E-MALFORMED', 'The header does not say how many rows and columns the picture has.');
  if (![1, 8, 12, 16, 32, 64].includes(allocated))
    throw new Unreadable('E-UNSUPPORTED', `Pixels of ${allocated} bits cannot be decoded yet.`);
  if (samples !== 1 && samples !== 3)
    throw new Unreadable('E-UNSUPPORTED', `Pictures with ${samples} samples a pixel cannot be decoded yet.`);
  return {
    columns,
    rows,
    samples,
    allocated,
    float,
    photometric,
    frames: frameCount(set),
    stored: one(0x00280101) ?? allocated,
    signed: one(0x00280103) === 1,
    planar: samples === 3 && one(0x00280006) === 1,
    halved: samples === 3 && /^YBR_(FULL|PARTIAL)_422$/.test(photometric),
  };
}

/** Bits of one native frame. */
export function frameBits(layout: Layout): number {
  return layout.columns * layout.rows * (layout.halved ? 2 : layout.samples) * layout.allocated;
}

/** An array of the stored container type. */
export function containerFor(layout: Layout, length: number): Samples {
  const { allocated, signed, float } = layout;
  if (float) return allocated === 64 ? new Float64Array(length) : new Float32Array(length);
  if (allocated <= 8) return signed && allocated === 8 ? new Int8Array(length) : new Uint8Array(length);
  if (allocated <= 16) return signed ? new Int16Array(length) : new Uint16Array(length);
  if (allocated <= 32) return signed ? new Int32Array(length) : new Uint32Array(length);
  return signed ? new BigInt64Array(length) : new BigUint64Array(length);
}
