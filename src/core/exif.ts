// The few EXIF fields that say what a picture is of and from: a TIFF directory in the middle of another file. Nothing is allocated by its word.
import type { TagValue } from './header.ts';

const NAMES: Readonly<Record<number, string>> = {
  270: 'ImageDescription',
  271: 'Make',
  272: 'Model',
  274: 'Orientation',
  305: 'Software',
  306: 'DateTime',
  36867: 'DateTimeOriginal',
  42036: 'LensModel',
};
const EXIF_DIRECTORY = 34665;

/** Reads IFD 0 and its Exif directory from bytes that begin with II*\0 or MM\0*; empty where they are not readable. */
export function readExif(tiff: Uint8Array): Record<string, TagValue> {
  const found: Record<string, TagValue> = {};
  if (tiff.length < 8) return found;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const little = tiff[0] === 0x49;
  if (view.getUint16(2, little) !== 42) return found;
  const next = readDirectory(tiff, { view, little, at: view.getUint32(4, little), found });
  if (next) readDirectory(tiff, { view, little, at: next, found });
  return found;
}

interface Directory {
  readonly view: DataView;
  readonly little: boolean;
  readonly at: number;
  readonly found: Record<string, TagValue>;
}

function readDirectory(tiff: Uint8Array, { view, little, at, found }: Directory): number | undefined {
  let further: number | undefined;
  if (at + 2 > tiff.length) return undefined;
  const count = Math.min(view.getUint16(at, little), 200);
  for (let i = 0, entry = at + 2; i < count && entry + 12 <= tiff.length; i++, entry += 12) {
    const tag = view.getUint16(entry, little);
    const type = view.getUint16(entry + 2, little);
    const length = view.getUint32(entry + 4, little);
    if (tag === EXIF_DIRECTORY) further = view.getUint32(entry + 8, little);
    const name = NAMES[tag];
    if (!name || name in found) continue;
    if (type === 3) found[name] = view.getUint16(entry + 8, little);
    if (type !== 2) continue;
    const start = length <= 4 ? entry + 8 : view.getUint32(entry + 8, little);
    const text = plain(tiff.subarray(start, start + Math.min(length, 1024)));
    if (text) found[name] = text.slice(0, 256);
  }
  return further;
}

function plain(bytes: Uint8Array): string {
  let text = '';
  for (const code of bytes) {
    if (code === 0) break;
    text += code >= 32 ? String.fromCharCode(code) : ' ';
  }
  return text.trim();
}
