// The fixed part of a NIfTI-1 (348 bytes) or NIfTI-2 (540 bytes) header, either byte order. Extensions are never walked: two that point at
// each other hang readers that do. Follows nifti1.h and nifti2.h.
import { type Affine, geometryOf } from '../../core/affine.ts';
import type { Geometry } from '../../core/header.ts';

export interface Nifti {
  readonly version: 1 | 2;
  readonly littleEndian: boolean;
  /** Voxels lie in a second file (.img). */
  readonly pair: boolean;
  /** dim[0..7]. */
  readonly dim: readonly number[];
  readonly pixdim: readonly number[];
  readonly datatype: number;
  readonly voxOffset: number;
  readonly slope: number;
  readonly intercept: number;
  readonly calMin: number;
  readonly calMax: number;
  readonly units: number;
  readonly qform: number;
  readonly sform: number;
  readonly intentCode: number;
  /** quatern_b, c, d and qoffset_x, y, z. */
  readonly quatern: readonly number[];
  readonly srow: Affine;
  readonly descrip: string;
  readonly auxFile: string;
  readonly intentName: string;
  /** Analyze's db_name; NIfTI-1 only. */
  readonly dbName: string;
}

/** Bytes that hold either version's fixed header. */
export const HEADER_BYTES = 540;

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Which NIfTI this is, from its magic (n+1, ni1, n+2, ni2); undefined for anything else. */
export function niftiKind(head: Uint8Array): { version: 1 | 2; littleEndian: boolean; pair: boolean } | undefined {
  if (head.length < 348) return undefined;
  const v = view(head);
  for (const littleEndian of [true, false]) {
    const size = v.getInt32(0, littleEndian);
    const version = size === 348 ? 1 : size === 540 ? 2 : undefined;
    if (!version) continue;
    const at = version === 1 ? 344 : 4;
    const magic = ascii(head, at, 3);
    const digit = version === 1 ? '1' : '2';
    if (magic === `n+${digit}` || magic === `ni${digit}`) return { version, littleEndian, pair: magic.startsWith('ni') };
  }
  return undefined;
}

/** Text up to the first NUL, as Latin-1, without control characters. */
export function ascii(bytes: Uint8Array, at: number, length: number): string {
  let text = '';
  for (const code of bytes.subarray(at, at + length)) {
    if (code === 0) break;
    text += code >= 32 ? String.fromCharCode(code) : ' ';
  }
  return text.trim();
}

/** Reads the fixed header; undefined where the bytes are no NIfTI or too few. */
export function readNifti(head: Uint8Array): Nifti | undefined {
  const kind = niftiKind(head);
  if (!kind || head.length < (kind.version === 1 ? 348 : 540)) return undefined;
  return kind.version === 1 ? readFirst(head, kind.littleEndian, kind.pair) : readSecond(head, kind.littleEndian, kind.pair);
}

function readFirst(head: Uint8Array, little: boolean, pair: boolean): Nifti {
  const v = view(head);
  const floats = (at: number, count: number): number[] => Array.from({ length: count }, (_, i) => v.getFloat32(at + 4 * i, little));
  return {
    version: 1,
    littleEndian: little,
    pair,
    dim: Array.from({ length: 8 }, (_, i) => v.getInt16(40 + 2 * i, little)),
    pixdim: floats(76, 8),
    datatype: v.getInt16(70, little),
    voxOffset: v.getFloat32(108, little),
    slope: v.getFloat32(112, little),
    intercept: v.getFloat32(116, little),
    calMax: v.getFloat32(124, little),
    calMin: v.getFloat32(128, little),
    units: head[123] ?? 0,
    qform: v.getInt16(252, little),
    sform: v.getInt16(254, little),
    intentCode: v.getInt16(68, little),
    quatern: floats(256, 6),
    srow: [floats(280, 4), floats(296, 4), floats(312, 4)],
    descrip: ascii(head, 148, 80),
    auxFile: ascii(head, 228, 24),
    intentName: ascii(head, 328, 16),
    dbName: ascii(head, 14, 18),
  };
}

function readSecond(head: Uint8Array, little: boolean, pair: boolean): Nifti {
  const v = view(head);
  const doubles = (at: number, count: number): number[] => Array.from({ length: count }, (_, i) => v.getFloat64(at + 8 * i, little));
  return {
    version: 2,
    littleEndian: little,
    pair,
    dim: Array.from({ length: 8 }, (_, i) => Number(v.getBigInt64(16 + 8 * i, little))),
    pixdim: doubles(104, 8),
    datatype: v.getInt16(12, little),
    voxOffset: Number(v.getBigInt64(168, little)),
    slope: v.getFloat64(176, little),
    intercept: v.getFloat64(184, little),
    calMax: v.getFloat64(192, little),
    calMin: v.getFloat64(200, little),
    units: v.getInt32(500, little),
    qform: v.getInt32(344, little),
    sform: v.getInt32(348, little),
    intentCode: v.getInt32(504, little),
    quatern: doubles(352, 6),
    srow: [doubles(400, 4), doubles(432, 4), doubles(464, 4)],
    descrip: ascii(head, 240, 80),
    auxFile: ascii(head, 320, 24),
    intentName: ascii(head, 508, 16),
    dbName: '',
  };
}

/** Where the voxels lie: sform before qform, else the spacing alone. Units of xyzt_units become millimetres. */
export function niftiGeometry(nifti: Nifti): Geometry {
  // xyzt_units: 1 metre, 2 millimetre, 3 micrometre; 0 is taken as millimetres.
  const scale = { 1: 1000, 3: 0.001 }[nifti.units & 7] ?? 1;
  const inMm = (affine: Affine): Affine => affine.map((row) => row.map((value) => value * scale));
  const spatial = nifti.dim[0] === 2 ? 2 : 3;
  const affine = nifti.sform > 0 ? nifti.srow : nifti.qform > 0 ? quaternAffine(nifti) : undefined;
  const placed = affine ? geometryOf(inMm(affine), { ras: true }) : {};
  if (placed.spacingMm) return { ...placed, spacingMm: placed.spacingMm.slice(0, spatial) };
  const spacing = nifti.pixdim.slice(1, 1 + spatial).map((value) => Math.abs(value) * scale);
  return spacing.every((value) => value > 0 && Number.isFinite(value)) ? { spacingMm: spacing } : {};
}

/** Method 2 of nifti1.h: rotation from the unit quaternion, pixdim[0] as the handedness. */
function quaternAffine({ quatern, pixdim }: Nifti): Affine {
  const [b = 0, c = 0, d = 0, x = 0, y = 0, z = 0] = quatern;
  const a = Math.sqrt(Math.max(0, 1 - (b * b + c * c + d * d)));
  const [q = 1, dx = 1, dy = 1, dz = 1] = pixdim;
  const k = q < 0 ? -dz : dz;
  return [
    [(a * a + b * b - c * c - d * d) * dx, 2 * (b * c - a * d) * dy, 2 * (b * d + a * c) * k, x],
    [2 * (b * c + a * d) * dx, (a * a + c * c - b * b - d * d) * dy, 2 * (c * d - a * b) * k, y],
    [2 * (b * d - a * c) * dx, 2 * (c * d + a * b) * dy, (a * a + d * d - c * c - b * b) * k, z],
  ];
}
