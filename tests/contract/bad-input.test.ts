// Files that want to break a format, through every format that claims them: a sentence or an answer, no hang, no throw of another kind.
// Bad archives and hosts are asked of the whole app in tests/e2e.
import { describe, expect, it } from 'vitest';
import { surest } from '../../src/core/claim.ts';
import type { OpenFile } from '../../src/core/format.ts';
import { Unreadable } from '../../src/core/unreadable.ts';
import { formats } from '../../src/formats/index.ts';
import { badInput } from '../../tools/make-bad-input.mjs';

const files = Object.entries(badInput({ big: false })).filter(([name]) => !name.endsWith('.zip'));

function openFile(path: string, data: Uint8Array): OpenFile {
  return { path, bytes: { size: data.length, slice: async (start, end) => data.slice(start, end) }, beside: () => undefined };
}

/** What reading it came to: undefined where it went well, a sentence where the header says what is missing. */
async function failure(path: string, data: Uint8Array): Promise<unknown> {
  const format = surest(formats, { path, head: data.slice(0, 4_096), size: data.length });
  try {
    const file = openFile(path, data);
    const header = await format?.read(file);
    if (header?.undecoded) return header.undecoded;
    if (header?.shape) await format?.pixels?.(file, { header, first: 0, count: Number.POSITIVE_INFINITY });
    return header?.warnings?.[0];
  } catch (thrown) {
    return thrown;
  }
}

describe.each(files)('%s', (name, { bytes, tell }) => {
  it(`ends with a sentence or an answer (${tell})`, async () => {
    const thrown = await failure(name, Uint8Array.from(bytes as Uint8Array));
    if (thrown === undefined) return;
    const because = thrown instanceof Unreadable ? thrown.because : thrown;
    expect(because).toMatch(/^\p{Lu}.{8,300}[.!?]$/su);
    expect(because).not.toMatch(/undefined|NaN|\bat \S+:\d+|Error:/);
  });
});

it.each(['huge.nii', 'negative.nii', 'huge.nrrd', 'outside.nhdr', 'claims-60000.png', 'cut-in-header.dcm', 'truncated.dcm'])(
  'says what is wrong with %s',
  async (name) => {
    const bytes = files.find(([other]) => other === name)?.[1].bytes;
    expect(await failure(name, Uint8Array.from(bytes as Uint8Array))).toBeDefined();
  },
);
