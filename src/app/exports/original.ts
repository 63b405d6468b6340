// Gathers what a written mask must know of the images it is drawn on: from the records of the run, and, for tags that are not kept, from the first file again.
import type { Instance, Original } from '../../core/export-task.ts';
import type { TagNode } from '../../core/format.ts';
import type { FileRecord, Item } from '../../core/item.ts';
import type { Store } from '../../core/store.ts';
import type { Jobs } from '../../jobs/jobs.ts';

export interface Within {
  readonly store: Store;
  readonly jobs: Jobs;
  readonly runId: string;
}

/** Records asked for at once. */
const AT_ONCE = 32;

/** `identities`: numbers of the images whose DICOM identity is wanted; a header that was not read at the time is read now. */
export async function originalOf(
  item: Item,
  { within, identities = [] }: { within: Within; identities?: readonly number[] },
): Promise<Original> {
  const { id, name, format, parts, stored, shape, spacingMm, labels, tags: itemTags } = item;
  const files = await filesOf(item, within);
  const first = files[0]?.record;
  const geometry = first?.header?.geometry;
  const wantsTags = format === 'nifti' || (format === 'dicom' && identities.length > 0);
  return {
    item: { id, name, format, parts, stored, shape, spacingMm, labels, tags: itemTags },
    orientation: geometry?.orientation,
    through: geometry?.through,
    positions: files.flatMap(({ record, images }) => positionsOf(record, images)),
    instances: format === 'dicom' && identities.length ? await instancesOf(files, { wanted: new Set(identities), within }) : [],
    tags: first && wantsTags ? await tagsOf(first, within) : [],
  };
}

interface File {
  readonly record: FileRecord | undefined;
  readonly images: number;
}

async function filesOf({ parts }: Item, { store, runId }: Within): Promise<File[]> {
  const pictured = parts.filter(({ images }) => images > 0);
  const files: File[] = [];
  for (let at = 0; at < pictured.length; at += AT_ONCE) {
    const some = pictured.slice(at, at + AT_ONCE).map(async ({ path, images }) => ({ record: await store.file(runId, path), images }));
    files.push(...(await Promise.all(some)));
  }
  return files;
}

function positionsOf(record: FileRecord | undefined, images: number): (readonly number[] | undefined)[] {
  const flat = record?.header?.geometry?.positions ?? [];
  return Array.from({ length: images }, (_, at) => (flat.length >= 3 * at + 3 ? flat.slice(3 * at, 3 * at + 3) : undefined));
}

/** Empty where the file cannot be read again: what is written says so. */
async function tagsOf(file: FileRecord, { store, jobs, runId }: Within): Promise<readonly TagNode[]> {
  return jobs.tags({ file, store, runId }).catch(() => []);
}

async function instancesOf(files: readonly File[], { wanted, within }: { wanted: ReadonlySet<number>; within: Within }) {
  const instances: (Instance | undefined)[] = [];
  for (const { record, images } of files) {
    const first = instances.length;
    const some = Array.from({ length: images }, (_, at) => wanted.has(first + at));
    const found = record && some.includes(true) ? await identityOf(record, within) : undefined;
    for (const [at, one] of some.entries()) {
      instances.push(found && one ? { ...found, ...(images > 1 ? { frame: at + 1 } : {}) } : undefined);
    }
  }
  return instances;
}

/** Of a long series far away only some headers were read (pipeline/skim.ts): the others have no UID in their records. */
async function identityOf(record: FileRecord, within: Within): Promise<Instance | undefined> {
  const { SOPClassUID: kept, SOPInstanceUID: own } = record.header?.tags ?? {};
  if (typeof kept === 'string' && typeof own === 'string') return { sopClass: kept, sopInstance: own };
  const tags = await tagsOf(record, within);
  const value = (tag: string) => tags.find((node) => node.tag === tag)?.value?.trim();
  const [sopClass, sopInstance] = [value('(0008,0016)') ?? kept, value('(0008,0018)')];
  return typeof sopClass === 'string' && sopInstance ? { sopClass, sopInstance } : undefined;
}
