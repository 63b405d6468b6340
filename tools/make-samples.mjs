#!/usr/bin/env node
// Draws the sample datasets of the Start page: phantoms, nobody's images, the same bytes each time. Writes public/samples/.
// usage: node tools/make-samples.mjs [folder]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { encode } from 'fast-png';
import { zipSync } from 'fflate';
import { brainAt } from './samples/brain.mjs';
import { chestAt } from './samples/chest.mjs';
import { dicomFile, pictureElements } from './samples/dicom.mjs';
import { chestRadiograph, fundus, ultrasoundFan } from './samples/pictures.mjs';
import { chance, gaussian, noise3 } from './samples/shapes.mjs';

const ROOT = '2.25.2026112301';
const text = (lines) => new TextEncoder().encode(`${lines.join('\n')}\n`);
const png = (data, width, height, channels = 1) => encode({ width, height, data, channels, depth: 8 });
const name = (stem, number, end) => `${stem}-${String(number).padStart(3, '0')}.${end}`;

/** One axial slice of the chest in Hounsfield units, with the noise of a gentle scan. */
function chestSlice({ size, spacing, z, contrast, noise }) {
  const pixels = new Int16Array(size * size);
  let before = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const x = (column - size / 2 + 0.5) * spacing;
      const y = (row - size / 2 + 0.5) * spacing;
      const hu = Math.hypot(x, y) > (size * spacing) / 2 ? -1024 : chestAt(x, y, z, { contrast });
      // Neighbours share noise, as after reconstruction; steps of 4 HU keep the sample small.
      before = 0.45 * before + noise();
      const grain = hu < -1020 ? 0 : hu < -950 ? 4 : 8;
      pixels[row * size + column] = Math.max(-1024, Math.round((hu + before * grain) / 4) * 4);
    }
  }
  return pixels;
}

function chestSeries({ number, contrast, description, slices, first = -118, size = 256, spacing = 1.4, thickness = 5 }) {
  const noise = gaussian(chance(100 + number));
  const files = {};
  for (let n = 0; n < slices; n++) {
    const z = first + n * thickness;
    const shared = {
      columns: size,
      rows: size,
      spacing: [spacing, spacing],
      modality: 'CT',
      study: `${ROOT}.1`,
      series: `${ROOT}.1.${number}`,
    };
    const sop = `${ROOT}.1.${number}.${n + 1}`;
    const pixels = chestSlice({ size, spacing, z, contrast, noise });
    const corner = (-size / 2 + 0.5) * spacing;
    const elements = [
      ...pictureElements({ ...shared, pixels, sop, sopClass: '1.2.840.10008.5.1.4.1.1.2' }),
      ['00080008', 'CS', ['ORIGINAL', 'PRIMARY', 'AXIAL']],
      ['00081030', 'LO', 'Phantom chest CT'],
      ['0008103E', 'LO', description],
      ['00180015', 'CS', 'CHEST'],
      ...(contrast ? [['00180010', 'LO', 'Simulated iodine']] : []),
      ['00180050', 'DS', thickness],
      ['00180060', 'DS', 120],
      ['00181210', 'SH', 'SOFT'],
      ['00185100', 'CS', 'HFS'],
      ['00200011', 'IS', number],
      ['00200013', 'IS', n + 1],
      ['00200032', 'DS', [corner, corner, z].map((mm) => mm.toFixed(2))],
      ['00200037', 'DS', [1, 0, 0, 0, 1, 0]],
      ['00200052', 'UI', `${ROOT}.1.0`],
      ['00201041', 'DS', z.toFixed(2)],
      ['00281050', 'DS', 40],
      ['00281051', 'DS', 400],
      ['00281052', 'DS', 0],
      ['00281053', 'DS', 1],
      ['00281054', 'LO', 'HU'],
    ];
    files[`chest-ct-phantom/series-${number}-${contrast ? 'contrast' : 'native'}/${name('image', n + 1, 'dcm')}`] = dicomFile(elements);
  }
  return files;
}

/** The head on a grid, x fastest, 12 bits, with a bias field and Rician noise. */
function headVolume({ size: [columns, rows, slices], spacing }) {
  const noise = gaussian(chance(9));
  const voxels = new Uint16Array(columns * rows * slices);
  let at = 0;
  for (let k = 0; k < slices; k++)
    for (let j = 0; j < rows; j++)
      for (let i = 0; i < columns; i++) {
        const [x, y, z] = [(i - columns / 2 + 0.5) * spacing, (j - rows / 2 + 0.5) * spacing, (k - slices / 2 + 0.5) * spacing - 5];
        const signal = brainAt(x, y, z) * (1 + 0.08 * noise3(x / 90, y / 90, z / 90, 61));
        voxels[at++] = Math.round(Math.hypot(signal + 11 * noise(), 11 * noise()) / 10) * 10;
      }
  return voxels;
}

/** A NIfTI-1 single file; RAS, the grid's middle 5 mm below the origin. */
function nifti(voxels, { size, spacing, description }) {
  const file = new Uint8Array(352 + voxels.byteLength);
  const view = new DataView(file.buffer);
  view.setInt32(0, 348, true);
  for (const [at, n] of [3, ...size, 1, 1, 1, 1].entries()) view.setInt16(40 + at * 2, n, true);
  view.setInt16(70, 512, true);
  view.setInt16(72, 16, true);
  for (const [at, mm] of [1, spacing, spacing, spacing].entries()) view.setFloat32(76 + at * 4, mm, true);
  view.setFloat32(108, 352, true);
  view.setFloat32(112, 1, true);
  view.setUint8(123, 2);
  file.set(new TextEncoder().encode(description).subarray(0, 79), 148);
  view.setInt16(254, 1, true);
  for (let n = 0; n < 3; n++) {
    view.setFloat32(280 + n * 20, spacing, true);
    view.setFloat32(292 + n * 16, (-size[n] / 2 + 0.5) * spacing - (n === 2 ? 5 : 0), true);
  }
  file.set(new TextEncoder().encode('n+1\0'), 344);
  file.set(new Uint8Array(voxels.buffer), 352);
  return file;
}

function headSlices(voxels, { size: [columns, rows, slices], spacing }) {
  const files = {};
  for (let n = 0; n < 6; n++) {
    const k = Math.round(slices * 0.45) + n * 4;
    const pixels = new Uint16Array(columns * rows);
    // NIfTI goes to the right and to the front, DICOM's rows to the left and to the back.
    for (let j = 0; j < rows; j++)
      for (let i = 0; i < columns; i++) pixels[j * columns + i] = voxels[(k * rows + (rows - 1 - j)) * columns + (columns - 1 - i)];
    const z = (k - slices / 2) * spacing;
    const shared = {
      columns,
      rows,
      spacing: [spacing, spacing],
      modality: 'MR',
      study: `${ROOT}.2`,
      series: `${ROOT}.2.1`,
      sop: `${ROOT}.2.1.${n + 1}`,
    };
    const elements = [
      ...pictureElements({ ...shared, pixels, sopClass: '1.2.840.10008.5.1.4.1.1.4' }),
      ['00080008', 'CS', ['ORIGINAL', 'PRIMARY', 'M']],
      ['00081030', 'LO', 'Phantom head MR'],
      ['0008103E', 'LO', 'AX T1 phantom'],
      ['00180015', 'CS', 'BRAIN'],
      ['00180020', 'CS', 'GR'],
      ['00180050', 'DS', spacing * 4],
      ['00180080', 'DS', 8.2],
      ['00180081', 'DS', 3.2],
      ['00180087', 'DS', 3],
      ['00200011', 'IS', 1],
      ['00200013', 'IS', n + 1],
      ['00200032', 'DS', [-columns / 2, -rows / 2].map((half) => (half * spacing).toFixed(2)).concat(z.toFixed(2))],
      ['00200037', 'DS', [1, 0, 0, 0, 1, 0]],
      ['00200052', 'UI', `${ROOT}.2.0`],
      ['00281050', 'DS', 500],
      ['00281051', 'DS', 1000],
    ];
    files[`mixed-phantoms/mr/${name('head-t1', n + 1, 'dcm')}`] = dicomFile(elements);
  }
  return files;
}

/** A small corner of the chest as NRRD with a gzipped body. */
function nrrd() {
  const [columns, rows, slices, spacing] = [72, 72, 40, 2.5];
  const noise = gaussian(chance(14));
  const voxels = new Int16Array(columns * rows * slices);
  for (let at = 0; at < voxels.length; at++) {
    const [i, j, k] = [at % columns, Math.floor(at / columns) % rows, Math.floor(at / columns / rows)];
    voxels[at] = Math.round(chestAt(-170 + i * spacing, -90 + j * spacing, -30 + k * spacing) / 4 + 1.5 * noise()) * 4;
  }
  const head = text([
    'NRRD0004',
    '# Computer-generated phantom: right lung with a nodule, Hounsfield units. No patient was imaged.',
    'type: short',
    'dimension: 3',
    'space: left-posterior-superior',
    `sizes: ${columns} ${rows} ${slices}`,
    `space directions: (${spacing},0,0) (0,${spacing},0) (0,0,${spacing})`,
    'kinds: domain domain domain',
    'endian: little',
    'encoding: gzip',
    'space origin: (-170,-90,-30)',
    '',
  ]);
  return Uint8Array.from(Buffer.concat([head, gzipSync(new Uint8Array(voxels.buffer), { level: 9 })]));
}

function mixed(head) {
  const fan = ultrasoundFan(480, 400);
  const files = {
    'xray/chest-pa-phantom.png': png(chestRadiograph(400), 400, 400),
    'ultrasound/breast-us-phantom-01.png': png(fan.image, 480, 400),
    'ultrasound/breast-us-phantom-01_mask.png': png(fan.mask, 480, 400),
    'eye/fundus-phantom.png': png(fundus(384), 384, 384, 3),
    'ct/lung-ct-phantom.nrrd': nrrd(),
    'README.txt': text([
      'Mixed phantoms',
      '',
      'Everything in this folder was drawn by a program (tools/make-samples.mjs of Medley). No patient was imaged.',
      'One DICOM file is cut off on purpose: ct/cut-off.dcm.',
    ]),
    'labels.csv': text([
      'file,modality,body_part,finding',
      'xray/chest-pa-phantom.png,DX,CHEST,none',
      'ultrasound/breast-us-phantom-01.png,US,BREAST,lesion',
      'eye/fundus-phantom.png,OP,EYE,none',
    ]),
  };
  const [slice] = Object.values(
    chestSeries({ number: 9, contrast: false, description: 'Cut off on purpose', slices: 1, size: 64, spacing: 5.6 }),
  );
  files['ct/cut-off.dcm'] = slice.subarray(0, 400);
  const all = Object.fromEntries(Object.entries(files).map(([path, bytes]) => [`mixed-phantoms/${path}`, bytes]));
  return { ...all, ...headSlices(head.voxels, head) };
}

function zip(files) {
  const paths = Object.keys(files).sort();
  return zipSync(Object.fromEntries(paths.map((path) => [path, files[path]])), { level: 9, mtime: new Date(2026, 10, 23) });
}

const folder = process.argv[2] ?? join(import.meta.dirname, '../public/samples');
mkdirSync(folder, { recursive: true });
const grid = { size: [112, 136, 120], spacing: 1.6 };
const head = { ...grid, voxels: headVolume(grid) };
const samples = [
  {
    id: 'chest-ct',
    file: 'chest-ct.zip',
    title: 'Chest CT phantom',
    description: 'Two DICOM series of a drawn chest, without and with contrast, with a nodule in the right lung.',
    bytes: zip({
      ...chestSeries({ number: 1, contrast: false, description: 'Chest native 5.0 phantom', slices: 48 }),
      ...chestSeries({ number: 2, contrast: true, description: 'Chest with contrast 5.0 phantom', slices: 24, first: -78 }),
    }),
  },
  {
    id: 'brain-mr',
    file: 'brain-mr.nii.gz',
    title: 'Brain MR phantom',
    description: 'A drawn head as T1-weighted MR would show it, one NIfTI volume.',
    bytes: gzipSync(nifti(head.voxels, { ...grid, description: 'T1w MR brain PHANTOM, computer-generated, no patient' }), { level: 9 }),
  },
  {
    id: 'mixed',
    file: 'mixed.zip',
    title: 'Mixed folder',
    description: 'X-ray, ultrasound with its mask, eye fundus, MR and CT phantoms in five formats, and one file that is broken on purpose.',
    bytes: zip(mixed(head)),
  },
];
for (const { file, bytes } of samples) writeFileSync(join(folder, file), bytes);
const list = samples.map(({ id, file, title, description, bytes }) => ({
  id,
  title,
  description,
  url: `samples/${file}`,
  bytes: bytes.length,
}));
writeFileSync(join(folder, 'samples.json'), `${JSON.stringify(list, null, 2)}\n`);
for (const { url, bytes } of list) console.log(`${url} ${(bytes / 1e6).toFixed(2)} MB`);
