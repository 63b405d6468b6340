// Masks of many items as zips: item by item out of the store, file by file through the desk. Where one zip would grow past what a zip may hold, the next begins.
import type { Item } from '../../core/item.ts';
import type { ExportDesk } from '../../jobs/export-desk.ts';
import { download } from '../report/download.ts';
import { measurementsCsv } from '../report/measurements-csv.ts';
import { exportDesk } from './desk.ts';
import { maskFilesOf, taskOf } from './mask-files.ts';
import { masksOf, mayHaveMasks } from './masks-of.ts';
import { NOTE } from './note.ts';
import type { Within } from './original.ts';
import { correctionsOf } from './save.ts';

/** What a zip without zip64 may hold, with room to spare. */
const LIMITS = { files: 60_000, bytes: 3.5e9 };

export interface DatasetExport {
  readonly within: Within;
  /** Absent: all items. */
  readonly ids?: ReadonlySet<string> | undefined;
  readonly stem: string;
  readonly limits?: typeof LIMITS;
  readonly desk?: Pick<ExportDesk, 'zip'>;
}

export interface DatasetSaved {
  readonly files: number;
  /** Names of files that could not be written, and why. */
  readonly failed: readonly { readonly name: string; readonly because: string }[];
}

/** Downloads one zip, or several with numbers. Rejects with a plain sentence where there is no mask at all. */
export async function saveDataset({ within, ids, stem, limits = LIMITS, desk = exportDesk }: DatasetExport): Promise<DatasetSaved> {
  const progress = { files: 0, failed: [] as { name: string; because: string }[], over: false };
  const items = maskedItems(within, ids)[Symbol.asyncIterator]();
  for (let part = 1; !progress.over; part++) {
    const first = part === 1 ? await measurements({ within, ids }) : undefined;
    const name = part === 1 ? `${stem}.masks.zip` : `${stem}.masks-${part}.zip`;
    await download(zipOf(items, { within, limits, progress, first, desk }), { name, type: 'application/zip' });
  }
  return progress;
}

async function measurements({ within, ids }: Pick<DatasetExport, 'within' | 'ids'>): Promise<string> {
  const { store, runId } = within;
  let text = '';
  for await (const piece of measurementsCsv(store.items(runId), { corrections: await correctionsOf(store, runId), ids })) text += piece;
  return text;
}

async function* maskedItems({ store, runId }: Within, ids: DatasetExport['ids']): AsyncGenerator<Item> {
  for await (const batch of store.items(runId)) {
    for (const item of batch) if (mayHaveMasks(item) && (ids === undefined || ids.has(item.id))) yield item;
  }
}

interface Filling {
  readonly within: Within;
  readonly limits: typeof LIMITS;
  readonly progress: { files: number; failed: { name: string; because: string }[]; over: boolean };
  readonly first: string | undefined;
  readonly desk: Pick<ExportDesk, 'zip'>;
}

async function* zipOf(items: AsyncIterator<Item>, { within, limits, progress, first, desk }: Filling): AsyncGenerator<Uint8Array> {
  const zip = await desk.zip();
  let [files, bytes] = [1, 0];
  yield (
    await zip.add('README.txt', { as: 'text', text: `${NOTE}\nMasks made or shown by Medley: one byte a pixel; see measurements.csv.\n` })
  ).bytes;
  if (first !== undefined) yield (await zip.add('measurements.csv', { as: 'text', text: first })).bytes;
  while (files < limits.files && bytes < limits.bytes) {
    const next = await items.next();
    if (next.done) {
      progress.over = true;
      break;
    }
    for (const { name, mask } of maskFilesOf(next.value.id, await masksOf(next.value, within))) {
      try {
        const added = await zip.add(name, await taskOf(mask, { item: next.value, within }));
        bytes += added.bytes.length;
        files++;
        progress.files++;
        yield added.bytes;
      } catch (thrown) {
        progress.failed.push({ name, because: thrown instanceof Error ? thrown.message : 'It could not be written.' });
      }
    }
  }
  if (progress.over && progress.files === 0) throw new Error(progress.failed[0]?.because ?? 'There are no masks in these items.');
  yield await zip.end();
}
