// A small folder of three items with masks of their own: an ultrasound picture, a brain volume (NIfTI) and a CT series (DICOM) with a segmentation.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join as joined } from 'node:path';
import { gzipSync } from 'node:zlib';
import { encode } from 'fast-png';
import type { Original } from '../../../src/core/export-task.ts';
import { maskFrom } from '../../../src/core/mask-grid.ts';
import { part10 } from '../../../src/exports/dicom-seg/elements.ts';
import { write } from '../../../src/exports/write.ts';

export const PICTURE = { columns: 60, rows: 40 };
export const VOLUME = { columns: 24, rows: 20, slices: 9 };
export const SERIES = { columns: 32, rows: 28, slices: 6 };
/** Of the volume: neither square to the axes of the patient nor without a mirror. */
export const SROW = [
  [-1.5, 0, 0.25, 17.5],
  [0, 1.5, 0, -20],
  [0.125, 0, 2, -9],
];

/** Whether a pixel lies in the box that is marked: off the middle, so that a mirror image is another. */
export const isMarked = (x: number, y: number, slice = 3): boolean => x >= 5 && x < 16 && y >= 4 && y < 11 && slice >= 3 && slice <= 4;

const grid = ({ columns, rows, slices = 1 }: { columns: number; rows: number; slices?: number }, value: number): Uint8Array =>
  Uint8Array.from({ length: columns * rows * slices }, (_, at) => {
    const slice = slices > 1 ? Math.floor(at / (columns * rows)) : 3;
    return isMarked(at % columns, Math.floor(at / columns) % rows, slice) ? value : 0;
  });

/** What is marked, one byte a pixel: 0 or 1. */
export const marksOf = (of: { columns: number; rows: number; slices?: number }): Uint8Array => grid(of, 1);

const shaded = (length: number, columns: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => 60 + ((at * 7919) % 97) + Math.round(50 * Math.sin((at % columns) / 6)));

/** Writes the folder. */
export async function writeMaskedData(folder: string): Promise<void> {
  const at = (...names: string[]) => joined(folder, ...names);
  for (const name of ['breast/images', 'breast/masks', 'brain', 'kidney']) mkdirSync(at(name), { recursive: true });
  const { columns: width, rows: height } = PICTURE;
  const png = (data: Uint8Array) => encode({ width, height, data, channels: 1, depth: 8 });
  writeFileSync(at('breast/images/us1.png'), png(shaded(width * height, width)));
  writeFileSync(at('breast/masks/us1_tumour_mask.png'), png(grid(PICTURE, 255)));
  const voxels = VOLUME.columns * VOLUME.rows * VOLUME.slices;
  writeFileSync(at('brain/sub-01_T1w.nii.gz'), gzipSync(niftiOf(shaded(voxels, VOLUME.columns))));
  writeFileSync(at('brain/sub-01_T1w_lesion_mask.nii.gz'), gzipSync(niftiOf(marksOf(VOLUME))));
  for (let slice = 0; slice < SERIES.slices; slice++) writeFileSync(at(`kidney/${slice}.dcm`), sliceFile(slice));
  writeFileSync(at('kidney/segmentation.dcm'), (await segmentation()).bytes);
}

function niftiOf(data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(352 + data.length);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, 348, true);
  [3, VOLUME.columns, VOLUME.rows, VOLUME.slices, 1, 1, 1, 1].forEach((length, i) => {
    view.setInt16(40 + 2 * i, length, true);
  });
  view.setInt16(70, 2, true);
  view.setInt16(72, 8, true);
  [-1, 1.5, 1.5, 2, 0, 0, 0, 0].forEach((value, i) => {
    view.setFloat32(76 + 4 * i, value, true);
  });
  view.setFloat32(108, 352, true);
  view.setFloat32(112, 1, true);
  bytes[123] = 2;
  view.setInt16(252, 0, true);
  view.setInt16(254, 2, true);
  for (const [row, values] of SROW.entries())
    values.forEach((value, i) => {
      view.setFloat32(280 + 16 * row + 4 * i, value, true);
    });
  bytes.set([0x6e, 0x2b, 0x31, 0], 344);
  bytes.set(data, 352);
  return bytes;
}

export const STUDY = '1.2.826.0.1.3680043.10.999.1';
const SERIES_UID = `${STUDY}.1`;
export const instanceOf = (slice: number): string => `${SERIES_UID}.${slice + 1}`;
const CT = '1.2.840.10008.5.1.4.1.1.2';

function sliceFile(slice: number): Uint8Array {
  const { columns, rows } = SERIES;
  const pixels = Int16Array.from(shaded(columns * rows, columns), (value) => value - 100);
  return part10({ sopClass: CT, sopInstance: instanceOf(slice), implementation: `${STUDY}.8` }, [
    [0x00080016, 'UI', CT],
    [0x00080018, 'UI', instanceOf(slice)],
    [0x00080060, 'CS', 'CT'],
    [0x0008103e, 'LO', 'Kidney CT'],
    [0x00100010, 'PN', 'Doe^Jane'],
    [0x00100020, 'LO', 'P-1'],
    [0x00180015, 'CS', 'KIDNEY'],
    [0x00180050, 'DS', [2.5]],
    [0x0020000d, 'UI', STUDY],
    [0x0020000e, 'UI', SERIES_UID],
    [0x00200013, 'IS', String(slice + 1)],
    [0x00200032, 'DS', [-10, -12, 40 + 2.5 * slice]],
    [0x00200037, 'DS', [1, 0, 0, 0, 1, 0]],
    [0x00200052, 'UI', `${STUDY}.9`],
    [0x00280002, 'US', [1]],
    [0x00280004, 'CS', 'MONOCHROME2'],
    [0x00280010, 'US', [rows]],
    [0x00280011, 'US', [columns]],
    [0x00280030, 'DS', [0.75, 0.75]],
    [0x00280100, 'US', [16]],
    [0x00280101, 'US', [16]],
    [0x00280102, 'US', [15]],
    [0x00280103, 'US', [1]],
    [0x7fe00010, 'OW', new Uint8Array(pixels.buffer)],
  ]);
}

function segmentation() {
  const about = { kind: 'tumour', label: 'Kidney tumour', by: 'a person', from: 'file', probability: null } as const;
  const label = (value: string) => ({ value, confidence: 1, conflict: false, evidence: [] });
  const slices = Array.from({ length: SERIES.slices }, (_, slice) => slice);
  const original: Original = {
    item: {
      id: 'i-0',
      name: 'Kidney CT',
      format: 'dicom',
      parts: slices.map((slice) => ({ path: `${slice}.dcm`, images: 1 })),
      shape: [SERIES.columns, SERIES.rows, SERIES.slices],
      stored: { columns: SERIES.columns, rows: SERIES.rows, slices: 1, frames: 1, samples: 1, bits: 16 },
      spacingMm: [0.75, 0.75, 2.5],
      labels: { dimension: label('3D'), modality: label('CT'), anatomy: label('KIDNEY') },
      tags: { StudyInstanceUID: STUDY, SeriesInstanceUID: SERIES_UID, FrameOfReferenceUID: `${STUDY}.9` },
    },
    orientation: [1, 0, 0, 0, 1, 0],
    positions: slices.map((slice) => [-10, -12, 40 + 2.5 * slice]),
    instances: slices.map((slice) => ({ sopClass: CT, sopInstance: instanceOf(slice) })),
    tags: [{ tag: '(0020,000D)', keyword: 'StudyInstanceUID', value: STUDY }],
  };
  return write({ as: 'seg', masks: [maskFrom(marksOf(SERIES), { grid: SERIES, about })], original, app: 'test', algorithms: {} });
}
