// Saves masks as files: those of one item, or of many as they pass. What is written is asked of the desk; what is to be told of it comes back as sentences.
import { type Corrections, standing } from '../../core/correction.ts';
import type { ExportTask } from '../../core/export-task.ts';
import type { Item } from '../../core/item.ts';
import { gridOf } from '../../core/item-grid.ts';
import type { Mask } from '../../core/mask.ts';
import { isEmpty } from '../../core/mask-grid.ts';
import { countsOf } from '../../core/mask-measure.ts';
import type { Store } from '../../core/store.ts';
import { download, fileStem } from '../report/download.ts';
import { measurementsCsv } from '../report/measurements-csv.ts';
import { APP_VERSION } from '../report/version.ts';
import { exportDesk } from './desk.ts';
import { originalOf, type Within } from './original.ts';

/** slice: the one that is seen; slices: all of them, those without a mark too. */
export type Kind = 'slice' | 'slices' | 'volume' | 'seg' | 'csv';

export interface ItemExport {
  readonly within: Within;
  readonly itemId: string;
  readonly kind: Kind;
  /** The slice that is seen, from 0. */
  readonly slice: number;
}

interface File {
  readonly name: string;
  readonly task: ExportTask;
}

/** Starts the download; answers what is to be told of it. Rejects with a plain sentence. */
export async function saveItem({ within, itemId, kind, slice }: ItemExport): Promise<readonly string[]> {
  const { store, runId } = within;
  const item = await store.item(runId, itemId);
  if (!item) throw new Error('This item is no longer part of the run.');
  const stem = fileStem(item.name);
  if (kind === 'csv') {
    await download(measurementsCsv(only(item), { corrections: await correctionsOf(store, runId) }), {
      name: `${stem}.measurements.csv`,
      type: CSV,
    });
    return [];
  }
  const masks = (await store.masks(runId, itemId)).filter((mask) => !isEmpty(mask));
  if (!masks.length) throw new Error('Nothing is marked in this item.');
  const files = await filesOf(masks, { item, within, kind, slice, stem });
  return files.length === 1 ? saveOne(files[0] as File) : saveZip(files, `${stem}.masks.zip`);
}

export const CSV = 'text/csv;charset=utf-8';

export const correctionsOf = async (store: Store, runId: string): Promise<Corrections> => standing(await store.corrections(runId));

async function* only(item: Item): AsyncGenerator<readonly Item[]> {
  yield [item];
}

async function saveOne({ name, task }: File): Promise<readonly string[]> {
  const { bytes, notes } = await exportDesk.write(task);
  await download([bytes], { name, type: TYPES[task.as] });
  return notes;
}

const TYPES = { png: 'image/png', nifti: 'application/gzip', seg: 'application/dicom', text: 'text/plain' } as const;

async function saveZip(files: readonly File[], name: string): Promise<readonly string[]> {
  const notes = new Set<string>();
  await download(packed(files, notes), { name, type: 'application/zip' });
  return [...notes];
}

async function* packed(files: readonly File[], notes: Set<string>): AsyncGenerator<Uint8Array> {
  const zip = await exportDesk.zip();
  for (const { name, task } of files) {
    const added = await zip.add(name, task);
    for (const note of added.notes) notes.add(note);
    yield added.bytes;
  }
  yield await zip.end();
}

interface Asked {
  readonly item: Item;
  readonly within: Within;
  readonly kind: Exclude<Kind, 'csv'>;
  readonly slice: number;
  readonly stem: string;
}

async function filesOf(masks: readonly Mask[], { item, within, kind, slice, stem }: Asked): Promise<File[]> {
  if (kind === 'seg') return [{ name: `${stem}.seg.dcm`, task: await segTask(masks, { item, within }) }];
  const names = namesOf(masks, stem);
  if (kind === 'volume') {
    const original = await originalOf(item, { within });
    return masks.map((mask, at) => ({ name: `${names[at]}.nii.gz`, task: { as: 'nifti', mask, original } }));
  }
  const digits = String(Math.max(...masks.map(({ slices }) => slices))).length;
  const png = (mask: Mask, at: number, one: number): File => {
    const number = mask.slices > 1 ? `.${String(one + 1).padStart(digits, '0')}` : '';
    return { name: `${names[at]}${number}.png`, task: { as: 'png', mask, slice: one } };
  };
  if (kind === 'slice') return masks.map((mask, at) => png(mask, at, Math.min(slice, mask.slices - 1)));
  return masks.flatMap((mask, at) => [...countsOf(mask).keys()].map((one) => png(mask, at, one)));
}

async function segTask(masks: readonly Mask[], { item, within }: { item: Item; within: Within }): Promise<ExportTask> {
  const { imageOf } = gridOf(item);
  const marked = new Set(masks.flatMap((mask) => [...countsOf(mask)].flatMap((pixels, at) => (pixels ? [imageOf(at)] : []))));
  const original = await originalOf(item, { within, identities: [...marked] });
  const models = (await within.store.load(within.runId))?.models ?? [];
  // A card's version may stay while its weights change; their hash may not.
  const algorithms = Object.fromEntries(models.map(({ id, sha256 }) => [id, `${id} ${sha256.slice(0, 12)}`]));
  return { as: 'seg', masks, original, app: APP_VERSION, algorithms: { vesselness: `Medley vesselness ${APP_VERSION}`, ...algorithms } };
}

/** Stem and label of each mask, told apart by number where two are called the same. */
export function namesOf(masks: readonly Pick<Mask, 'kind' | 'label'>[], stem: string): string[] {
  const seen = new Map<string, number>();
  return masks.map(({ kind, label }) => {
    const word =
      label
        .normalize('NFKD')
        .replace(/[^\p{L}\p{N}]+/gu, '-')
        .replace(/^-+|-+$/g, '')
        .slice(0, 40) || kind;
    const before = seen.get(word) ?? 0;
    seen.set(word, before + 1);
    return `${stem}.${word}${before ? `-${before + 1}` : ''}`;
  });
}
