// A tiny DICOM writer for the samples: Part 10, explicit VR little endian (PS3.10 7.1, PS3.5 7.1.2). Not a library: it knows the attributes it is given.

const LONG = new Set(['OB', 'OW', 'SQ', 'UN', 'UT']);
const MAKE = {
  US: (values) => Uint8Array.from(values.flatMap((v) => [v & 255, (v >> 8) & 255])),
  SS: (values) => Uint8Array.from(values.flatMap((v) => [v & 255, (v >> 8) & 255])),
  UL: (values) => Uint8Array.from(values.flatMap((v) => [v & 255, (v >> 8) & 255, (v >> 16) & 255, (v >>> 24) & 255])),
};

function valueBytes(vr, value) {
  if (value instanceof Uint8Array) return value;
  const values = Array.isArray(value) ? value : [value];
  if (MAKE[vr]) return MAKE[vr](values);
  const text = new TextEncoder().encode(values.join('\\'));
  return text.length % 2 === 0 ? text : Uint8Array.of(...text, vr === 'UI' ? 0 : 32);
}

function element([tag, vr, value]) {
  const body = valueBytes(vr, value);
  const head = new DataView(new ArrayBuffer(LONG.has(vr) ? 12 : 8));
  head.setUint16(0, Number.parseInt(tag.slice(0, 4), 16), true);
  head.setUint16(2, Number.parseInt(tag.slice(4), 16), true);
  head.setUint8(4, vr.charCodeAt(0));
  head.setUint8(5, vr.charCodeAt(1));
  if (LONG.has(vr)) head.setUint32(8, body.length, true);
  else head.setUint16(6, body.length, true);
  return [new Uint8Array(head.buffer), body];
}

const joined = (chunks) => Uint8Array.from(Buffer.concat(chunks));

/** A whole file from [tag, VR, value] triples of the data set; 'ggggeeee' tags. Media storage tags come from the data set. */
export function dicomFile(elements) {
  const sorted = [...elements].sort(([a], [b]) => (a < b ? -1 : 1));
  const said = (tag) => sorted.find(([t]) => t === tag)?.[2];
  const meta = joined(
    [
      ['00020001', 'OB', Uint8Array.of(0, 1)],
      ['00020002', 'UI', said('00080016')],
      ['00020003', 'UI', said('00080018')],
      ['00020010', 'UI', '1.2.840.10008.1.2.1'],
      ['00020012', 'UI', '2.25.201126112301'],
      ['00020013', 'SH', 'MEDLEY_SAMPLES'],
    ].flatMap(element),
  );
  const preamble = new Uint8Array(132);
  preamble.set(new TextEncoder().encode('DICM'), 128);
  return joined([preamble, ...element(['00020000', 'UL', meta.length]), meta, ...sorted.flatMap(element)]);
}

/** Attributes that every picture of a phantom has. `pixels` is an Int16Array or Uint16Array of one frame. */
export function pictureElements({ columns, rows, spacing, pixels, sopClass, sop, study, series, modality }) {
  const signed = pixels instanceof Int16Array;
  return [
    ['00080005', 'CS', 'ISO_IR 100'],
    ['00080016', 'UI', sopClass],
    ['00080018', 'UI', sop],
    ['00080020', 'DA', '20261123'],
    ['00080030', 'TM', '010000'],
    ['00080050', 'SH', ''],
    ['00080060', 'CS', modality],
    ['00080070', 'LO', 'Medley phantom'],
    ['00080090', 'PN', ''],
    ['00100010', 'PN', 'Phantom^Synthetic'],
    ['00100020', 'LO', 'PHANTOM'],
    ['00100030', 'DA', ''],
    ['00100040', 'CS', ''],
    ['00104000', 'LT', 'Computer-generated phantom. No patient was imaged.'],
    ['00120062', 'CS', 'YES'],
    ['00120063', 'LO', 'Synthetic data, no patient'],
    ['0020000D', 'UI', study],
    ['0020000E', 'UI', series],
    ['00200010', 'SH', '1'],
    ['00280002', 'US', 1],
    ['00280004', 'CS', 'MONOCHROME2'],
    ['00280010', 'US', rows],
    ['00280011', 'US', columns],
    ['00280030', 'DS', [spacing[1], spacing[0]]],
    ['00280100', 'US', 16],
    ['00280101', 'US', signed ? 16 : 12],
    ['00280102', 'US', signed ? 15 : 11],
    ['00280103', 'US', signed ? 1 : 0],
    ['7FE00010', 'OW', new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength)],
  ];
}
