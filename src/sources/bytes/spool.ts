// A stream kept as a Blob, so that it can be read at any place and by every worker. The browser moves big Blobs to disk.
import { Unreadable } from '../../core/unreadable.ts';

const PIECE = 16 << 20;

/** Reads `stream` to its end; more than `limit` bytes throws E-BOMB. */
export async function spool(stream: AsyncIterable<Uint8Array>, limit: number): Promise<Blob> {
  const pieces: Blob[] = [];
  let pending: Uint8Array[] = [];
  let waiting = 0;
  let sum = 0;
  for await (const chunk of stream) {
    sum += chunk.length;
    if (sum > limit) throw tooMuch(limit);
    pending.push(chunk);
    waiting += chunk.length;
    // A Blob of Blobs leaves the JavaScript heap piece by piece; one of all chunks would hold the file twice.
    if (waiting < PIECE) continue;
    pieces.push(new Blob(pending as BlobPart[]));
    pending = [];
    waiting = 0;
  }
  return new Blob([...pieces, ...(pending as BlobPart[])]);
}

export const tooMuch = (limit: number): Unreadable =>
  new Unreadable('E-BOMB', `Unpacking was stopped: this unpacks to more than ${bytesText(limit)}, the limit that protects your computer.`);

/** 1.5 GB, 12 kB, 3 bytes: decimal units, as file managers and ux texts use. */
export function bytesText(count: number): string {
  const unit = [
    [1e9, 'GB'],
    [1e6, 'MB'],
    [1e3, 'kB'],
  ].find(([size]) => count >= (size as number));
  return unit ? `${Number((count / (unit[0] as number)).toPrecision(2))} ${unit[1]}` : `${count} bytes`;
}
