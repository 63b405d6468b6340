// Hands a stream of text or bytes to the browser as a file. A Blob of pieces: the browser may keep them on disk, no string holds them all.

/** Collects the pieces and starts the download. Rejects with what the pieces reject with. */
export async function download(
  pieces: AsyncIterable<string | Uint8Array> | Iterable<Uint8Array>,
  { name, type }: { name: string; type: string },
): Promise<void> {
  const parts: Blob[] = [];
  for await (const piece of pieces) parts.push(new Blob([piece as BlobPart]));
  const url = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // Safari reads the URL after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** "lung-ct.zip" → "lung-ct": safe as a file name everywhere. */
export function fileStem(name: string): string {
  const last =
    name
      .replace(/[?#].*$/s, '')
      .split(/[/\\]/)
      .filter(Boolean)
      .at(-1) ?? '';
  const stem = last
    .replace(/(\.tar)?\.[a-z0-9]{1,5}$/i, '')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return stem.slice(0, 80) || 'dataset';
}
