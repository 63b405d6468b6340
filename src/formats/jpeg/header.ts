// The markers of a JPEG before its first scan: frame, EXIF, comment, Adobe. Follows ITU-T T.81 Annex B.
import type { Bytes } from '../../core/entry.ts';
import { readExif } from '../../core/exif.ts';
import type { TagValue } from '../../core/header.ts';
import { inSteps } from '../../core/steps.ts';
import { Unreadable } from '../../core/unreadable.ts';

export interface Jpeg {
  readonly columns: number;
  readonly rows: number;
  readonly components: number;
  /** Bits a sample. */
  readonly precision: number;
  /** 0 baseline, 1 extended, 2 progressive, 3 lossless, 9+ arithmetic. */
  readonly process: number;
  readonly tags: Readonly<Record<string, TagValue>>;
}

const latin = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

/** Reads markers up to the frame header, and on to the first scan for texts. Throws E-TRUNCATED, E-MALFORMED. */
export async function readJpeg(stored: Bytes): Promise<Jpeg> {
  const bytes = inSteps(stored);
  const tags: Record<string, TagValue> = {};
  let frame: Omit<Jpeg, 'tags'> | undefined;
  let at = 2;
  for (let i = 0; i < 1000; i++) {
    const head = await bytes.slice(at, at + 4);
    if (head.length < 4) break;
    const marker = head[1] ?? 0;
    if (head[0] !== 0xff) throw new Unreadable('E-MALFORMED', 'The JPEG markers are damaged.');
    // Fill bytes and markers without a length.
    if (marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    if (marker === 0xda || marker === 0xd9) break;
    const length = ((head[2] ?? 0) << 8) | (head[3] ?? 0);
    if (length < 2) throw new Unreadable('E-MALFORMED', 'The JPEG markers are damaged.');
    if (isFrame(marker)) frame = frameOf(await bytes.slice(at + 4, at + 2 + length), marker);
    else if (marker === 0xe1 || marker === 0xfe || marker === 0xee) note(await bytes.slice(at + 4, at + 2 + length), { marker, tags });
    at += 2 + length;
  }
  if (!frame) throw new Unreadable('E-TRUNCATED', 'The file ends before the JPEG says how large the picture is.');
  return { ...frame, tags };
}

const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function frameOf(body: Uint8Array, marker: number): Omit<Jpeg, 'tags'> {
  if (body.length < 6) throw new Unreadable('E-TRUNCATED', 'The file ends before the JPEG says how large the picture is.');
  const [precision = 0, a = 0, b = 0, c = 0, d = 0, components = 0] = body;
  const [rows, columns] = [(a << 8) | b, (c << 8) | d];
  if (!rows || !columns || !components || components > 4) throw new Unreadable('E-MALFORMED', 'The JPEG gives an impossible size.');
  return { columns, rows, components, precision, process: marker - 0xc0 };
}

function note(body: Uint8Array, { marker, tags }: { marker: number; tags: Record<string, TagValue> }): void {
  if (marker === 0xfe) tags.Comment = latin(body).replace(/\0+$/, '').slice(0, 256);
  else if (marker === 0xe1 && latin(body.subarray(0, 4)) === 'Exif') Object.assign(tags, readExif(body.subarray(6)));
  else if (marker === 0xee && latin(body.subarray(0, 5)) === 'Adobe') tags.AdobeTransform = body[11] ?? 0;
}
