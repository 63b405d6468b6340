// The fixed header of a NIfTI file of bytes: NIfTI-1 (348), or NIfTI-2 (540) where the original is one or a side is too long for the first.
// Little endian, one file (.nii), voxels behind an empty extension flag. Follows nifti1.h and nifti2.h.

export interface Fields {
  readonly version: 1 | 2;
  /** dim[0] and as many lengths as it says. */
  readonly dim: readonly number[];
  readonly pixdim: readonly number[];
  /** xyzt_units. */
  readonly units: number;
  readonly qform: number;
  readonly sform: number;
  /** quatern_b, c, d and qoffset_x, y, z. */
  readonly quatern: readonly number[];
  /** Three rows of four. */
  readonly srow: readonly (readonly number[])[];
  readonly intentName: string;
  readonly descrip: string;
}

const UINT8 = 2;
const LONGEST = 32_767;

/** Header and extension flag: the bytes before the first voxel. */
export function headerBytes(fields: Fields): Uint8Array<ArrayBuffer> {
  return fields.version === 2 || fields.dim.some((length) => length > LONGEST) ? second(fields) : first(fields);
}

/** Eight lengths: those there are not count as one. */
const eight = (dim: readonly number[]): number[] => Array.from({ length: 8 }, (_, at) => dim[at] ?? 1);

function first({ dim, pixdim, units, qform, sform, quatern, srow, intentName, descrip }: Fields): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(352);
  const view = new DataView(bytes.buffer);
  const floats = (at: number, values: readonly number[]): void =>
    values.forEach((value, i) => {
      view.setFloat32(at + 4 * i, value, true);
    });
  view.setInt32(0, 348, true);
  // Analyze's `regular`, which some readers still look for.
  bytes[38] = 'r'.charCodeAt(0);
  for (const [i, length] of eight(dim).entries()) view.setInt16(40 + 2 * i, length, true);
  view.setInt16(70, UINT8, true);
  view.setInt16(72, 8, true);
  floats(76, pixdim.slice(0, 8));
  floats(108, [352, 1, 0]);
  bytes[123] = units;
  floats(124, [1, 0]);
  text(bytes, descrip, { at: 148, length: 80 });
  view.setInt16(252, qform, true);
  view.setInt16(254, sform, true);
  floats(256, quatern.slice(0, 6));
  for (const [i, row] of srow.entries()) floats(280 + 16 * i, row.slice(0, 4));
  text(bytes, intentName, { at: 328, length: 16 });
  text(bytes, 'n+1', { at: 344, length: 4 });
  return bytes;
}

function second({ dim, pixdim, units, qform, sform, quatern, srow, intentName, descrip }: Fields): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(544);
  const view = new DataView(bytes.buffer);
  const doubles = (at: number, values: readonly number[]): void =>
    values.forEach((value, i) => {
      view.setFloat64(at + 8 * i, value, true);
    });
  view.setInt32(0, 540, true);
  text(bytes, 'n+2', { at: 4, length: 4 });
  // The four bytes that tell a damaged transfer.
  bytes.set([0x0d, 0x0a, 0x1a, 0x0a], 8);
  view.setInt16(12, UINT8, true);
  view.setInt16(14, 8, true);
  for (const [i, length] of eight(dim).entries()) view.setBigInt64(16 + 8 * i, BigInt(length), true);
  doubles(104, pixdim.slice(0, 8));
  view.setBigInt64(168, 544n, true);
  doubles(176, [1, 0, 1, 0]);
  text(bytes, descrip, { at: 240, length: 80 });
  view.setInt32(344, qform, true);
  view.setInt32(348, sform, true);
  doubles(352, quatern.slice(0, 6));
  for (const [i, row] of srow.entries()) doubles(400 + 32 * i, row.slice(0, 4));
  view.setInt32(500, units, true);
  text(bytes, intentName, { at: 508, length: 16 });
  return bytes;
}

/** Plain letters, cut to leave a NUL at the end. */
function text(bytes: Uint8Array, value: string, { at, length }: { at: number; length: number }): void {
  const plain = value.normalize('NFKD').replace(/[^ -~]/g, '');
  for (let i = 0; i < Math.min(plain.length, length - 1); i++) bytes[at + i] = plain.charCodeAt(i);
}
