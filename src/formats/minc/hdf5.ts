// MINC 2: an HDF5 file with the image in /minc-2.0/image/0. The library needs the whole file, so large ones are recognised only.

import type { Bytes } from '../../core/entry.ts';
import type { Shape, Tags } from '../../core/header.ts';
import { lookup } from '../../core/lookup.ts';
import type { Samples } from '../../core/pixels.ts';
import { bytesOf, type StoredType, samplesFor } from '../../core/stored.ts';
import { Unreadable } from '../../core/unreadable.ts';

/** File bytes and voxels beyond which the library's arrays of boxed numbers cost too much. */
const MOST = 2 ** 26;

const TYPES = lookup<StoredType>({
  u1: 'uint8',
  i1: 'int8',
  u2: 'uint16',
  i2: 'int16',
  u4: 'uint32',
  i4: 'int32',
  f4: 'float32',
  f8: 'float64',
});

export interface Minc2 {
  readonly shape: Shape;
  readonly type: StoredType;
  readonly spacingMm: readonly number[];
  readonly tags: Tags;
  /** All voxels, in file order. */
  voxels(): Samples;
}

/** Opens the image; undefined where the file is too large for that or built in a way the library does not read. */
export async function openMinc2(bytes: Bytes): Promise<Minc2 | undefined> {
  const stored = await bytes.slice(0, MOST + 1);
  if (stored.length > MOST) return undefined;
  const { File } = await import('jsfive');
  try {
    const file = new File(new Uint8Array(stored).buffer, 'image.mnc');
    const image = file.get('minc-2.0/image/0/image');
    const type = TYPES[(image.dtype ?? '').slice(1)];
    const sides = image.shape ?? [];
    const names = String(image.attrs.dimorder ?? '')
      .replace(/\0.*$/, '')
      .split(',');
    if (!type || sides.length < 2 || sides.reduce((product, side) => product * side, 1) > MOST) return undefined;
    const [columns = 1, rows = 1, slices = 1, ...times] = sides.toReversed();
    const step = (name: string): number => Math.abs(Number(file.get(`minc-2.0/dimensions/${name}`).attrs.step ?? 1));
    return {
      type,
      spacingMm: names.toReversed().slice(0, 3).map(step),
      tags: { version: 2, dimorder: names.join(',') },
      shape: { columns, rows, slices, frames: times.reduce((product, side) => product * side, 1), samples: 1, bits: bytesOf(type) * 8 },
      voxels: () => voxelsOf(image.value, { type, length: sides.reduce((product, side) => product * side, 1) }),
    };
  } catch {
    return undefined;
  }
}

function voxelsOf(value: ArrayLike<number> | undefined, { type, length }: { type: StoredType; length: number }): Samples {
  if (value?.length !== length) throw new Unreadable('E-TRUNCATED', 'The file ends before its pixels do.');
  const out = samplesFor(type, length);
  (out as Float64Array).set(value);
  return out;
}
