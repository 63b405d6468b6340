#!/usr/bin/env node
// Writes files that want to break a reader: one of every row of "bad input". Into a folder of your choice, never into the repository.
// usage: node tools/make-bad-input.mjs FOLDER     (prints one line a file: name, then what a person should be told of)
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32, deflateRawSync } from 'node:zlib';
import { dicomFile, pictureElements } from './samples/dicom.mjs';

/** CRC-32 of a repeated zero byte without holding the bytes. */
function crcOfZeros(size) {
  const chunk = new Uint8Array(1 << 20);
  let crc = 0;
  for (let left = size; left > 0; left -= chunk.length) crc = crc32(chunk.subarray(0, Math.min(left, chunk.length)), crc);
  return crc;
}

/** A zip whose entries are exactly as told, lies included: { name, data, packed?, size?, crc?, flags? }. */
export function zipOf(entries) {
  const parts = [];
  const directory = [];
  let at = 0;
  for (const { name, data, packed = deflateRawSync(data), size = data.length, crc = crc32(data), flags = 0 } of entries) {
    const path = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(flags | 0x800, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(0x5b770821, 6);
    fields.writeUInt32LE(crc >>> 0, 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(size, 18);
    fields.writeUInt16LE(path.length, 22);
    parts.push(Buffer.from('PK\x03\x04'), fields, path, packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, rest, path);
    at += 30 + path.length + packed.length;
  }
  const tail = Buffer.alloc(22);
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  tail.write('PK\x05\x06', 'latin1');
  tail.writeUInt16LE(entries.length, 8);
  tail.writeUInt16LE(entries.length, 10);
  tail.writeUInt32LE(size, 12);
  tail.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...directory, tail]);
}

function nifti(dims, { extension = 0, data = 0 } = {}) {
  const file = Buffer.alloc(352 + data);
  file.writeInt32LE(348, 0);
  for (const [at, n] of dims.entries()) file.writeInt16LE(n, 40 + at * 2);
  file.writeInt16LE(16, 70);
  file.writeInt16LE(32, 72);
  file.writeFloatLE(extension ? 352 + data : 352, 108);
  file.write('n+1\0', 344, 'latin1');
  if (extension) {
    file[348] = 1;
    // A size of nought: a reader that adds it to its place stays where it is for ever.
    for (let at = 352; at + 8 <= file.length; at += 8) file.writeInt32LE(extension === 'zero' ? 0 : -8, at);
  }
  return file;
}

function phantom(extra = []) {
  const pixels = new Int16Array(64 * 64).map((_, n) => (n * 37) % 900);
  const shared = {
    columns: 64,
    rows: 64,
    spacing: [1, 1],
    pixels,
    modality: 'CT',
    study: '2.25.31',
    series: '2.25.32',
    sop: '2.25.33',
    sopClass: '1.2.840.10008.5.1.4.1.1.2',
  };
  return Buffer.from(dicomFile([...pictureElements(shared), ...extra]));
}

/** Sequences in sequences, of undefined length, `levels` deep, none of them closed. */
function nested(levels) {
  const open = Buffer.from('4000 8201 5351 0000 ffffffff feff00e0 ffffffff'.replaceAll(' ', ''), 'hex');
  return Uint8Array.from(Buffer.concat(Array.from({ length: levels }, () => open)));
}

function deepDicom() {
  const file = phantom();
  const at = file.indexOf(Buffer.from('e07f1000', 'hex'));
  return Buffer.concat([file.subarray(0, at), nested(20_000)]);
}

/** Name → { bytes, tell } of every bad file; `big: false` leaves out the bomb, which takes seconds to make. */
export function badInput({ big = true } = {}) {
  const good = phantom();
  const text = Buffer.from('A picture would be here.');
  const bad = {
    'empty.zip': [zipOf([]), 'the zip is empty'],
    'truncated.zip': [
      zipOf([
        { name: 'a.dcm', data: good },
        { name: 'b.dcm', data: good },
      ]).subarray(0, 3_000),
      'the zip is cut off',
    ],
    'wrong-crc.zip': [
      zipOf([
        { name: 'a.txt', data: text, crc: 1 },
        { name: 'labels.csv', data: text, crc: 2 },
        { name: 'fine.dcm', data: good },
      ]),
      'a checksum is wrong',
    ],
    'encrypted.zip': [
      zipOf([
        { name: 'secret.dcm', data: good, flags: 1 },
        { name: 'open.dcm', data: good },
      ]),
      'a member is encrypted',
    ],
    'lying-size.zip': [
      zipOf([
        { name: 'a.dcm', data: good, size: 10 },
        { name: 'b.dcm', data: good },
      ]),
      'a member is longer than it says',
    ],
    'names.zip': [
      zipOf(
        ['../../up.dcm', '/root.dcm', 'a/../../b.dcm', 'C:\\windows.dcm', 'nul\0.dcm', 'same.dcm', 'same.dcm'].map((name) => ({
          name,
          data: good,
        })),
      ),
      'names that try to leave the folder are labels only',
    ],
    'truncated.dcm': [good.subarray(0, good.length - 3_000), 'the pixel data is cut off'],
    'cut-in-header.dcm': [good.subarray(0, 300), 'the header is cut off'],
    'nested.dcm': [deepDicom(), 'sequences are nested too deep'],
    'huge.nii': [nifti([3, 1_000, 1_000, 1_000, 1, 1, 1, 1]), 'a billion voxels are promised and none are there'],
    'negative.nii': [nifti([3, -5, 10, 10, 1, 1, 1, 1]), 'a size is negative'],
    'extension-loop.nii': [nifti([3, 4, 4, 4, 1, 1, 1, 1], { extension: 'zero', data: 256 }), 'extensions point at each other'],
    'extension-back.nii': [nifti([3, 4, 4, 4, 1, 1, 1, 1], { extension: 'back', data: 256 }), 'extensions point backwards'],
    'huge.nrrd': [
      Buffer.from('NRRD0004\ntype: double\ndimension: 3\nsizes: 100000 100000 100000\nencoding: raw\nendian: little\n\n'),
      'too many voxels are promised',
    ],
    'outside.nhdr': [
      Buffer.from('NRRD0004\ntype: uint8\ndimension: 2\nsizes: 2 2\nencoding: raw\ndata file: ../../etc/passwd\n\n'),
      'the data file lies outside',
    ],
    'empty.dcm': [Buffer.alloc(0), 'the file is empty'],
    'empty.nii.gz': [Buffer.alloc(0), 'the file is empty'],
    'empty.png': [Buffer.alloc(0), 'the file is empty'],
    'page.zip': [
      Buffer.from('<!doctype html><title>Sign in</title><form action="/login"><input type="password"></form>'),
      'a web page came instead of a file',
    ],
    'claims-60000.png': [hugePng(), 'a picture of 60,000 × 60,000 is promised'],
  };
  if (big) bad['bomb.zip'] = [bomb(), 'one megabyte unpacks to one gigabyte'];
  return Object.fromEntries(Object.entries(bad).map(([name, [bytes, tell]]) => [name, { bytes, tell }]));
}

function hugePng() {
  const header = Buffer.from('IHDR\0\0\xea\x60\0\0\xea\x60\x10\x06\0\0\0', 'latin1');
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(header));
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\r', 'latin1'), header, sum]);
}

/** One member of 2³⁰ zeros: 1 MB packed. Its name is a format that has to be read whole. */
function bomb() {
  const size = 2 ** 30;
  const packed = deflateRawSync(Buffer.alloc(size), { level: 9 });
  return zipOf([
    { name: 'labels.csv', data: Buffer.alloc(0), packed, size, crc: crcOfZeros(size) },
    { name: 'small.txt', data: Buffer.from('fine') },
  ]);
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2];
  if (!folder) throw new Error('usage: node tools/make-bad-input.mjs FOLDER');
  for (const [name, { bytes, tell }] of Object.entries(badInput())) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    console.log(`${name}\t${bytes.length}\t${tell}`);
  }
}
