// CRC-32 (ISO 3309, as in zip and gzip) of a stream, by WebAssembly.

export interface Crc32 {
  update(chunk: Uint8Array): void;
  value(): number;
}

export async function crc32(): Promise<Crc32> {
  const { createCRC32 } = await import('hash-wasm');
  const hash = await createCRC32();
  hash.init();
  return {
    update: (chunk) => void hash.update(chunk),
    value: () => Number.parseInt(hash.digest('hex'), 16),
  };
}
