// Bytes of a Blob or a File of this computer. A file that moved or changed since it was given says so.
import type { Bytes } from '../../core/entry.ts';
import { Unreadable } from '../../core/unreadable.ts';

export function blobBytes(blob: Blob): Bytes {
  return {
    size: blob.size,
    async slice(start, end = blob.size) {
      try {
        return new Uint8Array(await blob.slice(start, Math.max(start, end)).arrayBuffer());
      } catch (cause) {
        throw gone(cause);
      }
    },
  };
}

/** NotFoundError and NotReadableError of the File API in words. */
export function gone(cause: unknown): Unreadable {
  const name = cause instanceof Error || cause instanceof DOMException ? cause.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError')
    return new Unreadable('E-DENIED', 'The browser may no longer read this file. Choose the folder again to allow it.', { cause });
  return new Unreadable(
    'E-GONE',
    'This file was moved, changed or deleted after it was chosen, so it cannot be read any more. Choose it again.',
    { cause },
  );
}
