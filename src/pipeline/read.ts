// Reads one entry: is it an archive, an image, a side file, something else? Runs in the readers; never throws.
import { type Glimpse, surest } from '../core/claim.ts';
import { baseName, type Entry, type Place } from '../core/entry.ts';
import type { Format, OpenFile } from '../core/format.ts';
import type { PixelTask, ReadOutcome, ReadTask } from '../core/reading.ts';
import type { SourceContext } from '../core/source.ts';
import { asUnreadable, Unreadable } from '../core/unreadable.ts';
import { formats } from '../formats/index.ts';
import { sources } from '../sources/index.ts';
import { openFile } from './context.ts';

export const HEAD_BYTES = 4096;
const SIDE_FILE = /\.(json|tsv|csv)$/i;
const SIDE_FILE_BYTES = 256 * 1024;
const IMAGE_NAME = /\.(dcm|dicom|ima|nii|nii\.gz|img|hdr|nrrd|nhdr|mha|mhd|mgz|mgh|png|jpe?g|tiff?|webp|bmp|gif)$/i;
export const formatById: ReadonlyMap<string, Format> = new Map(formats.map((format) => [format.id, format]));

/** What became of one entry. */
export async function readEntry(task: ReadTask, context: SourceContext): Promise<ReadOutcome> {
  const { index } = task;
  let size = task.entry.size ?? null;
  try {
    const file = openFile(task.entry, { beside: task.beside, context });
    const head = await file.bytes.slice(0, HEAD_BYTES);
    size = file.bytes.size ?? size;
    if (head.length === 0) return { index, size: 0, ...empty(task.entry.path) };
    const glimpse: Glimpse = { path: task.entry.path, head, size: file.bytes.size };
    return { index, size, ...(await readGlimpsed(task, { file, glimpse, context })) };
  } catch (thrown) {
    const { because, code } = asUnreadable(thrown, 'The file could not be read.');
    return { index, size, kind: 'unreadable', because, code };
  }
}

type Told = ReadOutcome extends infer O ? (O extends unknown ? Omit<O, 'index' | 'size'> : never) : never;

async function readGlimpsed(
  task: ReadTask,
  { file, glimpse, context }: { file: OpenFile; glimpse: Glimpse; context: SourceContext },
): Promise<Told> {
  // A glimpse without an address: only sources that know their own bytes (archives) claim it.
  const container = surest(sources, glimpse);
  const format = surest(formats, glimpse);
  if (container && container.claim(glimpse) > (format?.claim(glimpse) ?? 0)) {
    if (!container.transparent) return { kind: 'container', source: container.id };
    return unpacked(task, { source: container.id, context });
  }
  if (!format) return notAnImage(task.entry.path, { file, glimpse });
  const header = await format.read(file);
  return { kind: 'header', header };
}

/** A gzip of one file: the same path, opened through the gzip; a tar inside makes it an archive. */
async function unpacked(task: ReadTask, { source, context }: { source: string; context: SourceContext }): Promise<Told> {
  const { size: _packed, ...rest } = task.entry;
  const entry: Entry = { ...rest, place: { source, at: { inner: task.entry.place, size: task.entry.size } } };
  if (gzipsIn(entry.place) > context.limits.depth)
    throw new Unreadable('E-DEPTH', `Archives inside archives are opened ${context.limits.depth} deep, no further.`);
  const file = openFile(entry, { beside: task.beside, context });
  const head = await file.bytes.slice(0, HEAD_BYTES);
  const path = entry.path.replace(/\.gz$/i, '');
  if (head.length === 0) return empty(path);
  const told = await readGlimpsed({ ...task, entry }, { file, glimpse: { path, head, size: file.bytes.size }, context });
  if (told.kind === 'header' || told.kind === 'container') return { ...told, unpacked: told.unpacked ?? entry };
  return told.kind === 'other' && path !== entry.path ? { kind: 'other', because: `A gzip of one file. ${told.because}` } : told;
}

/** How many gzips are wrapped around each other here. */
function gzipsIn(place: Place): number {
  return place.source === 'gzip' ? 1 + gzipsIn((place.at as { inner: Place }).inner) : 0;
}

function empty(path: string): Told {
  if (IMAGE_NAME.test(path) || !baseName(path).includes('.'))
    return { kind: 'unreadable', because: 'The file is empty (0 bytes).', code: 'E-EMPTY' };
  return { kind: 'other', because: 'An empty file.' };
}

async function notAnImage(path: string, { file, glimpse }: { file: OpenFile; glimpse: Glimpse }): Promise<Told> {
  if (SIDE_FILE.test(path) && (glimpse.size === undefined || glimpse.size <= SIDE_FILE_BYTES)) {
    const text = new TextDecoder().decode(await file.bytes.slice(0, SIDE_FILE_BYTES));
    return { kind: 'text', text };
  }
  const first = [...glimpse.head.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  if (IMAGE_NAME.test(path)) {
    const html = /^\s*<(!doctype html|html)/i.test(new TextDecoder('latin1').decode(glimpse.head.subarray(0, 64)));
    if (html) return { kind: 'unreadable', code: 'E-HTML', because: 'We received a web page (HTML), not an image.' };
    return {
      kind: 'unreadable',
      code: 'E-MALFORMED',
      because: `Named like an image, but its content is none that we know. First bytes: ${first}.`,
    };
  }
  return { kind: 'other', because: isText(glimpse.head) ? 'A text file.' : `Not an image we know. First bytes: ${first}.` };
}

function isText(head: Uint8Array): boolean {
  return head.every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13);
}

/** Decodes what a pixel task asks for. Throws Unreadable. `opened`: the file, where it is open already (what was unpacked is not unpacked again). */
export async function readPixels(task: PixelTask, context: SourceContext, opened?: OpenFile) {
  const format = formatById.get(task.header.format);
  if (task.header.undecoded) throw new Unreadable('E-UNSUPPORTED', task.header.undecoded);
  if (!format?.pixels) throw new Unreadable('E-UNSUPPORTED', 'The pixels of this format are not decoded yet.');
  const file = opened ?? openFile(task.entry, { beside: task.beside, context });
  try {
    return await format.pixels(file, { header: task.header, first: task.first, count: task.count });
  } catch (thrown) {
    throw asUnreadable(thrown, 'The pixels could not be decoded.');
  }
}

/** Every tag of one file, for people. Throws Unreadable. */
export async function readTags(
  { entry, beside, format }: { entry: Entry; beside: readonly Entry[]; format: string },
  context: SourceContext,
) {
  try {
    return (await formatById.get(format)?.tags?.(openFile(entry, { beside, context }))) ?? [];
  } catch (thrown) {
    throw asUnreadable(thrown, 'The header could not be read again.');
  }
}
