// Philips PAR/REC: a text .PAR with one line an image beside raw numbers in a .REC, in the order of the lines' REC index.
import { Claim } from '../core/claim.ts';
import { baseName } from '../core/entry.ts';
import type { Format, OpenFile } from '../core/format.ts';
import type { Header, Shape, TagValue } from '../core/header.ts';
import { promised, readRaw, type StoredType, spanOf } from '../core/stored.ts';
import { Unreadable } from '../core/unreadable.ts';

const NAME = /\.par$/i;
const TAGS = [
  'Protocol name',
  'Examination name',
  'Technique',
  'Scan mode',
  'Patient position',
  'Preparation direction',
  'Series Type',
  'Repetition time [ms]',
  'Examination date/time',
  'Diffusion         <0=no 1=yes> ?',
];

interface ParRec {
  readonly general: ReadonlyMap<string, string>;
  /** One an image: column name → first value. */
  readonly lines: readonly ReadonlyMap<string, readonly number[]>[];
  readonly shape: Shape;
}

/** Columns of the image lines: name and how many words each takes. */
function columnsOf(text: string): readonly (readonly [string, number])[] {
  const part = /=== IMAGE INFORMATION DEFINITION[^\n]*\n([\s\S]*?)\n#\s*\n?# === IMAGE INFORMATION ===/.exec(text)?.[1] ?? '';
  return [...part.matchAll(/^#[ \t]{1,3}(\S.*?)\s*\((?:(\d+)\*)?(?:integer|float|string)\)\s*$/gm)].map(
    ([, name = '', count]) => [name.replace(/\s*\(.*$/, ''), Number(count ?? 1)] as const,
  );
}

function parse(text: string): ParRec {
  const general = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(/^\.\s+(.*?)\s*:\s*(.*)$/gm)) general.set(name.trim(), value.trim());
  const columns = columnsOf(text);
  const lines = [...text.matchAll(/^[ \t]*\d[\d \t.eE+-]*$/gm)]
    .slice(0, 200_000)
    .map(([line]) => lineOf(line.trim().split(/\s+/).map(Number), columns));
  const [first] = lines;
  if (!first) throw new Unreadable('E-TRUNCATED', 'The PAR file lists no images.');
  const resolution = first.get('recon resolution') ?? numbers(general.get('Recon resolution (x, y)'));
  const bits = first.get('image pixel size')?.[0] ?? numbers(general.get('Image pixel size [8 or 16 bits]'))[0] ?? 16;
  const slices = new Set(lines.map((line) => line.get('slice number')?.[0])).size;
  const [x = 0, y = 0] = resolution;
  // An interrupted scan ends in the middle of a volume: its images are counted as times of one slice less.
  const whole = lines.length % slices === 0;
  return {
    general,
    lines,
    shape: { columns: x, rows: y, slices: whole ? slices : lines.length, frames: whole ? lines.length / slices : 1, samples: 1, bits },
  };
}

const numbers = (text: string | undefined): number[] => (text ? text.trim().split(/\s+/).map(Number) : []);

function lineOf(words: readonly number[], columns: readonly (readonly [string, number])[]): ReadonlyMap<string, readonly number[]> {
  const line = new Map<string, readonly number[]>();
  let at = 0;
  for (const [name, count] of columns) {
    line.set(name, words.slice(at, at + count));
    at += count;
  }
  return line;
}

async function headOf(file: OpenFile): Promise<ParRec> {
  return parse(new TextDecoder('latin1').decode(await file.bytes.slice(0, 1 << 25)).replaceAll('\r', ''));
}

const dataOf = (file: OpenFile): OpenFile | undefined => file.beside(baseName(file.path).replace(NAME, '.REC'));

function spacingOf([first]: ParRec['lines']): number[] | undefined {
  const [x = 0, y = 0] = first?.get('pixel spacing') ?? [];
  const between = (first?.get('slice thickness')?.[0] ?? 0) + (first?.get('slice gap')?.[0] ?? 0);
  return x > 0 && y > 0 ? [x, y, ...(between > 0 ? [between] : [])] : undefined;
}

async function read(file: OpenFile): Promise<Header> {
  const { general, lines, shape } = await headOf(file);
  const tags: Record<string, TagValue> = { Modality: 'MR' };
  for (const name of TAGS) {
    const value = general.get(name);
    if (value) tags[name.replace(/\s*<.*$/, '')] = value.slice(0, 256);
  }
  const data = dataOf(file);
  if (!data)
    return {
      format: 'parrec',
      role: 'object',
      what: 'Philips PAR header without its pixels',
      tags,
      warnings: ['The .REC file that belongs to this header is not there.'],
    };
  const spacingMm = spacingOf(lines);
  const warning = promised(shape, { offset: 0, size: data.bytes.size });
  return {
    format: 'parrec',
    role: 'image',
    shape,
    tags,
    companions: [data.path],
    ...(spacingMm ? { geometry: { spacingMm } } : {}),
    ...(warning ? { warnings: [warning] } : {}),
  };
}

export default {
  id: 'parrec',
  claim: ({ path, head }) =>
    NAME.test(path) && /=== DATA DESCRIPTION FILE ===/.test(String.fromCharCode(...head.subarray(0, 1024))) ? Claim.byHeader : Claim.none,
  detached: (path) => NAME.test(path),
  read,
  async pixels(file, { first, count }) {
    const { shape, lines } = await headOf(file);
    const data = dataOf(file);
    if (!data) throw new Unreadable('E-NOTFOUND', 'The .REC file that belongs to this header is not there.');
    const span = spanOf(shape, { first, count });
    const type: StoredType = shape.bits === 8 ? 'uint8' : shape.bits === 32 ? 'float32' : 'uint16';
    const line = lines[span.first];
    const [center, width] = [line?.get('window center')?.[0], line?.get('window width')?.[0]];
    return {
      columns: shape.columns,
      rows: shape.rows,
      frames: span.count,
      samples: 1,
      photometric: 'MONOCHROME2',
      data: await readRaw(data.bytes, { raw: { type, littleEndian: true, offset: 0 }, shape, span }),
      slope: line?.get('rescale slope')?.[0] || 1,
      intercept: line?.get('rescale intercept')?.[0] ?? 0,
      ...(center !== undefined && width ? { windowCenter: center, windowWidth: width } : {}),
    };
  },
  async tags(file) {
    const { general } = await headOf(file);
    return [...general]
      .filter(([keyword]) => keyword !== '')
      .map(([keyword, value]) => ({ tag: keyword, keyword, value: value.slice(0, 1024) }));
  },
} satisfies Format;
