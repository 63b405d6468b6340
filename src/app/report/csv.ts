// Tables as CSV (RFC 4180), safe to open in a spreadsheet: text that would run as a formula is quoted off (CWE-1236).
import { type Corrections, corrected } from '../../core/correction.ts';
import { FEATURE_KINDS, type FeatureKind } from '../../core/evidence.ts';
import type { FileRecord, Item } from '../../core/item.ts';
import { openUrl } from '../../core/report.ts';

export type Cell = string | number | boolean | null | undefined;

const FORMULA = /^[\s]*[=+\-@\t\r＝＋－＠]/;

/** One field. Numbers stay numbers, minus sign included. */
export function field(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'string') return String(cell);
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One record with its line end. */
export const record = (cells: readonly Cell[]): string => `${cells.map(field).join(',')}\r\n`;

const ITEM_COLUMNS = [
  'id',
  'name',
  'format',
  'dimension',
  'dimension_confidence',
  'modality',
  'modality_confidence',
  'anatomy',
  'anatomy_confidence',
  'conflict',
  'sequence',
  'contrast',
  'plane',
  ...FEATURE_KINDS,
  'columns',
  'rows',
  'slices_or_frames',
  'shape',
  'spacing_mm',
  'files',
  'images',
  'bytes',
  'masks',
  'warnings',
  'first_path',
] as const;

const known = (value: string | undefined): string => (value === undefined || value === 'UNKNOWN' ? '' : value);

/** yes, no, or empty where nobody looked. */
function featureCell(item: Item, kind: FeatureKind): string {
  const feature = item.features.find((one) => one.kind === kind);
  if (!feature?.examined || feature.present === null) return '';
  return feature.present ? 'yes' : 'no';
}

const rounded = (value: number): number => Number(value.toFixed(4));

function itemCells(item: Item): Cell[] {
  const { dimension, modality, anatomy, sequence, contrast, plane } = item.labels;
  const main = [dimension, modality, anatomy];
  return [
    item.id,
    item.name,
    item.format,
    ...main.flatMap((label) => [label.value, rounded(label.confidence)]),
    Object.values(item.labels).some((label) => label?.conflict),
    known(sequence?.value),
    known(contrast?.value),
    known(plane?.value),
    ...FEATURE_KINDS.map((kind) => featureCell(item, kind)),
    item.shape[0],
    item.shape[1],
    item.shape.slice(2).reduce((product, length) => product * length, 1),
    item.shape.join(' x '),
    item.spacingMm?.map(rounded).join(' x '),
    item.parts.length,
    item.parts.reduce((sum, part) => sum + part.images, 0),
    item.bytes,
    item.masks.length,
    item.warnings.join(' '),
    item.parts[0]?.path,
  ];
}

/** All items, or those of `ids`, a batch a piece. */
export async function* itemsCsv(
  batches: AsyncIterable<readonly Item[]>,
  options: { corrections: Corrections; ids?: ReadonlySet<string> | undefined },
): AsyncGenerator<string> {
  yield record(ITEM_COLUMNS);
  for await (const batch of batches) {
    const chosen = batch.filter((item) => options.ids === undefined || options.ids.has(item.id));
    yield chosen.map((item) => record(itemCells(corrected(item, options.corrections)))).join('');
  }
}

/** All files, or those of the items `ids`, a batch a piece. `url` is where the bytes are, without signed queries. */
export async function* filesCsv(
  batches: AsyncIterable<readonly FileRecord[]>,
  options: { ids?: ReadonlySet<string> | undefined } = {},
): AsyncGenerator<string> {
  yield record(['path', 'status', 'reason', 'code', 'bytes', 'item', 'pixel_sha256', 'source', 'url']);
  for await (const batch of batches) {
    const chosen = batch.filter(({ item }) => options.ids === undefined || (item !== undefined && options.ids.has(item)));
    yield chosen.map((file) => record(fileCells(file))).join('');
  }
}

function fileCells(file: FileRecord): Cell[] {
  const at = file.entry?.place.at;
  const url = typeof at === 'object' && at !== null && 'url' in at && typeof at.url === 'string' ? openUrl(at.url) : '';
  return [file.path, file.status, file.because, file.code, file.bytes, file.item, file.pixelSha256, file.entry?.place.source, url];
}
