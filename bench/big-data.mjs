// The files of the large dataset, one after the other: 2,000 CT slices in 10 series and 200 others. Noise, so that it packs as real slices do.
import { deflateSync, gzipSync } from 'node:zlib';
import { encode } from 'fast-png';
import { dicomFile, pictureElements } from '../tools/samples/dicom.mjs';
import { chance, gaussian } from '../tools/samples/shapes.mjs';

const SIZE = 512;
const POOL = 1 << 22;

/** Gaussian noise is made once and read from another place for each slice: a billion random numbers would take minutes. */
function noisePool() {
  const next = gaussian(chance(3));
  return Int16Array.from({ length: POOL }, () => Math.round(next() * 95));
}

/** A body, two lungs and a spine, without noise. */
function body() {
  return Int16Array.from({ length: SIZE * SIZE }, (_, at) => {
    const x = (at % SIZE) / SIZE - 0.5;
    const y = Math.floor(at / SIZE) / SIZE - 0.5;
    if (Math.hypot(x / 0.46, y / 0.34) > 1) return -1000;
    if (Math.hypot(x, (y - 0.19) / 0.9) < 0.05) return 500;
    return Math.hypot((Math.abs(x) - 0.19) / 0.15, y / 0.23) < 1 ? -850 : 45;
  });
}

function* slices({ series, perSeries }) {
  const noise = noisePool();
  const still = body();
  const seed = chance(17);
  for (let s = 1; s <= series; s++) {
    for (let n = 1; n <= perSeries; n++) {
      const from = Math.floor(seed() * (POOL - SIZE * SIZE));
      const pixels = new Int16Array(SIZE * SIZE);
      for (let at = 0; at < pixels.length; at++) pixels[at] = still[at] + noise[from + at];
      const corner = -SIZE * 0.35;
      const data = dicomFile([
        ...pictureElements({
          columns: SIZE,
          rows: SIZE,
          spacing: [0.7, 0.7],
          pixels,
          modality: 'CT',
          sopClass: '1.2.840.10008.5.1.4.1.1.2',
          study: `2.25.9${s >> 1}`,
          series: `2.25.90${s}`,
          sop: `2.25.90${s}.${n}`,
        }),
        ['00080008', 'CS', ['ORIGINAL', 'PRIMARY', 'AXIAL']],
        ['0008103E', 'LO', `Chest phantom ${s}`],
        ['00180015', 'CS', s % 2 ? 'CHEST' : 'ABDOMEN'],
        ['00180050', 'DS', 1.5],
        ['00200011', 'IS', s],
        ['00200013', 'IS', n],
        ['00200032', 'DS', [corner, corner, n * 1.5].map((mm) => mm.toFixed(2))],
        ['00200037', 'DS', [1, 0, 0, 0, 1, 0]],
        ['00281052', 'DS', 0],
        ['00281053', 'DS', 1],
      ]);
      yield { name: `study-${s >> 1}/series-${String(s).padStart(2, '0')}/IM${String(n).padStart(4, '0')}.dcm`, data };
    }
  }
}

/** 80 PNG, 40 NIfTI, 40 JSON and 40 text files. */
function* others(seed = chance(23)) {
  const bytes = (count, top) => Uint8Array.from({ length: count }, () => seed() * top);
  for (let n = 0; n < 80; n++)
    yield { name: `xray/chest-${n}.png`, data: encode({ width: 256, height: 256, channels: 1, depth: 8, data: bytes(65_536, 200) }) };
  const grain = Uint16Array.from(bytes(1 << 23, 250));
  for (let n = 0; n < 40; n++) {
    const file = new Uint8Array(352 + 160 ** 3 * 2);
    const view = new DataView(file.buffer);
    view.setInt32(0, 348, true);
    for (const [at, size] of [3, 160, 160, 160, 1, 1, 1, 1].entries()) view.setInt16(40 + at * 2, size, true);
    view.setInt16(70, 512, true);
    view.setInt16(72, 16, true);
    for (const [at, mm] of [1, 1, 1, 1].entries()) view.setFloat32(76 + at * 4, mm, true);
    view.setFloat32(108, 352, true);
    file.set(Buffer.from('n+1\0', 'latin1'), 344);
    new Uint16Array(file.buffer, 352).set(grain.subarray(n * 1_000, n * 1_000 + 160 ** 3));
    yield n % 2
      ? { name: `mr/sub-${n}/anat/sub-${n}_T1w.nii`, data: file }
      : { name: `mr/sub-${n}/anat/sub-${n}_T1w.nii.gz`, data: gzipSync(file, { level: 1 }), stored: true };
  }
  for (let n = 0; n < 40; n++) yield { name: `notes/${n}.json`, data: Buffer.from(JSON.stringify({ note: n, phantom: true })) };
  for (let n = 0; n < 40; n++) yield { name: `notes/${n}.txt`, data: Buffer.from(`Nothing to see in note ${n}.\n`) };
}

/** { name, data, stored? } of every file; fewer slices for a quick look. */
export function* bigData({ series = 10, perSeries = 200 } = {}) {
  yield* slices({ series, perSeries });
  yield* others();
}

export const packed = (data) => deflateSync(data, { level: 1 }).subarray(2, -4);
