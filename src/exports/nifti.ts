// A mask as NIfTI (.nii.gz): one byte a voxel, 0 or 1, in the order in which the original is stored. What came as NIfTI keeps its own dimensions,
// spacings, codes and matrices (nifti1.h, nifti2.h); for others the affine is made of the geometry, LPS turned to RAS.
import type { Exported, Original } from '../core/export-task.ts';
import type { Mask } from '../core/mask.ts';
import { sliceBits } from '../core/mask-grid.ts';
import { type Fields, headerBytes } from './nifti-header.ts';
import { type Space, spaceOf } from './space.ts';

/** Bytes that are gathered before they are packed. */
const PIECE = 2 ** 20;
const MILLIMETRES = 2;
const SCANNER = 1;
const ALIGNED = 2;

/** The whole file, gzipped, and what is not as one may expect. */
export async function niftiOf(mask: Mask, original: Original): Promise<Exported> {
  const { fields, notes } = fieldsOf(mask, original);
  const gzip = new CompressionStream('gzip');
  const packed = new Response(gzip.readable).arrayBuffer();
  const writer = gzip.writable.getWriter();
  for (const piece of pieces(mask, headerBytes(fields))) await writer.write(piece);
  await writer.close();
  return { bytes: new Uint8Array(await packed), notes };
}

function* pieces(mask: Mask, head: Uint8Array<ArrayBuffer>): Generator<Uint8Array<ArrayBuffer>> {
  yield head;
  const size = mask.columns * mask.rows;
  const perPiece = Math.max(1, Math.floor(PIECE / size));
  for (let first = 0; first < mask.slices; first += perPiece) {
    const count = Math.min(perPiece, mask.slices - first);
    const piece = new Uint8Array(size * count);
    for (let i = 0; i < count; i++) sliceBits(mask, first + i, piece.subarray(i * size, (i + 1) * size));
    yield piece;
  }
}

/** Header of the file and what is to be said of it. */
export function fieldsOf(mask: Mask, original: Original): { fields: Fields; notes: readonly string[] } {
  const about = { intentName: mask.label, descrip: 'Mask made by Medley. Research use, not a diagnosis.' };
  const own = original.item.format === 'nifti' ? ownFields(original) : undefined;
  if (own) {
    const fits = lengthsBeyond(own.dim) === mask.slices;
    const dim = fits ? own.dim.slice(0, (own.dim[0] ?? 3) + 1) : [3, mask.columns, mask.rows, mask.slices];
    return { fields: { ...own, dim, ...about }, notes: fits ? [] : ['The mask covers the first time of the volume only.'] };
  }
  const space = spaceOf(mask, original);
  const plane = [mask.columns, mask.rows];
  const dim = mask.slices === 1 ? [2, ...plane] : space.cine ? [4, ...plane, 1, mask.slices] : [3, ...plane, mask.slices];
  return { fields: { version: 1, dim, units: MILLIMETRES, ...placeFields(space), ...about }, notes: notesOf(space, original) };
}

/** Slices times all that comes after them. */
const lengthsBeyond = (dim: readonly number[]): number =>
  dim.slice(3, (dim[0] ?? 3) + 1).reduce((product, length) => product * Math.max(1, length), 1);

function notesOf({ known, oriented, even }: Space, original: Original): string[] {
  if (!oriented) {
    const spacing = original.item.spacingMm ? 'the spacing is that of the image' : 'every pixel counts as one millimetre';
    return [`The image does not say how it lies in the patient: the mask has no orientation, and ${spacing}.`];
  }
  if (!known) return ['The image does not say where it lies in the patient: the mask begins at the origin.'];
  if (!even) return ['Slices are not equally spaced: the file can hold only their mean distance.'];
  return [];
}

/** Matrices from the geometry: both forms where the axes are square to each other, else the affine alone. */
function placeFields(space: Space) {
  const { axes, spacing, step, positions, known, oriented } = space;
  const [dx, dy] = spacing;
  const dz = Math.hypot(...step) || spacing[2];
  const flip = oriented ? [-1, -1, 1] : [1, 1, 1];
  const [origin = [0, 0, 0]] = positions;
  const srow = [0, 1, 2].map((row) =>
    [(axes[0][row] ?? 0) * dx, (axes[1][row] ?? 0) * dy, step[row] ?? 0, origin[row] ?? 0].map((value) => value * (flip[row] ?? 1) + 0),
  );
  const code = known ? SCANNER : ALIGNED;
  const turned = quaternionOf(srow, [dx, dy, dz]);
  return {
    pixdim: [turned?.handed ?? 1, dx, dy, dz, 1, 0, 0, 0],
    sform: code,
    srow,
    qform: turned ? code : 0,
    quatern: turned ? [...turned.quatern, ...srow.map((row) => row[3] ?? 0)] : [0, 0, 0, 0, 0, 0],
  };
}

/** b, c, d of the rotation's unit quaternion and its handedness (nifti1.h, method 2); undefined where axes are not square to each other. */
function quaternionOf(srow: readonly (readonly number[])[], spacing: readonly number[]) {
  const column = (at: number): number[] => srow.map((row) => (row[at] ?? 0) / (spacing[at] ?? 1));
  const [x, y, z] = [column(0), column(1), column(2)] as [number[], number[], number[]];
  const dot = (a: number[], b: number[]): number => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  if ([dot(x, y), dot(x, z), dot(y, z)].some((cosine) => Math.abs(cosine) > 1e-3)) return undefined;
  const [a, b, c] = x as [number, number, number];
  const [d, e, f] = y as [number, number, number];
  const handed = (b * f - c * e) * (z[0] ?? 0) + (c * d - a * f) * (z[1] ?? 0) + (a * e - b * d) * (z[2] ?? 0) < 0 ? -1 : 1;
  const [g, h, i] = z.map((value) => value * handed) as [number, number, number];
  return { handed, quatern: imaginary([a, d, g, b, e, h, c, f, i]) };
}

/** Shepperd's method on a rotation given row by row: the largest part first, so that nothing is divided by nearly nothing. */
function imaginary(r: readonly number[]): number[] {
  const [r11 = 1, r12 = 0, r13 = 0, r21 = 0, r22 = 1, r23 = 0, r31 = 0, r32 = 0, r33 = 1] = r;
  const parts = [1 + r11 + r22 + r33, 1 + r11 - r22 - r33, 1 - r11 + r22 - r33, 1 - r11 - r22 + r33];
  const largest = parts.indexOf(Math.max(...parts));
  const root = Math.sqrt(Math.max(0, parts[largest] ?? 0));
  const all = [
    [root * root, r32 - r23, r13 - r31, r21 - r12],
    [r32 - r23, root * root, r21 + r12, r13 + r31],
    [r13 - r31, r21 + r12, root * root, r32 + r23],
    [r21 - r12, r13 + r31, r32 + r23, root * root],
  ][largest] as number[];
  const [real = 1, ...rest] = all.map((value) => value / (2 * root));
  // The real part of a NIfTI quaternion is not written and taken as positive.
  return rest.map((value) => (real < 0 ? -value : value) + 0);
}

/** The fields as the file's own header has them, listed by its tags; undefined where it could not be read again. */
function ownFields({ tags }: Original): Omit<Fields, 'intentName' | 'descrip'> | undefined {
  const text = new Map(tags.map(({ keyword, value }) => [keyword, value ?? '']));
  const list = (keyword: string): number[] | undefined => {
    const found: unknown = parsed(text.get(keyword));
    return Array.isArray(found) ? found.map((value) => (typeof value === 'number' ? value : 0)) : undefined;
  };
  const rows: unknown = parsed(text.get('srow'));
  const [dim, pixdim, quatern] = [list('dim'), list('pixdim'), list('quatern')];
  if (!dim || !pixdim || !quatern || !Array.isArray(rows)) return undefined;
  const srow = rows.map((row: unknown) => (Array.isArray(row) ? row.map((value) => (typeof value === 'number' ? value : 0)) : []));
  const whole = (keyword: string): number => Number(text.get(keyword)) || 0;
  return {
    version: text.get('version') === '2' ? 2 : 1,
    dim,
    pixdim,
    quatern,
    srow,
    units: whole('units'),
    qform: whole('qform'),
    sform: whole('sform'),
  };
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
