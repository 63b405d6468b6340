// Which items are looked at and with which images, through the whole pipeline; the eyes are a stand-in that notes what it was shown.
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../core/evidence.ts';
import type { Item } from '../core/item.ts';
import type { LookResult, ReaderJob } from '../core/reading.ts';
import type { JobEvent } from '../core/run.ts';
import { analyse } from './analyse.ts';
import { affordable, type Look } from './look.ts';
import { createControl } from './options.ts';
import { createReader } from './reader.ts';

type LookJob = Extract<ReaderJob, { kind: 'look' }>;

const voice = (value: string): Evidence => ({
  question: 'modality',
  value,
  logOdds: 4.5,
  from: 'pixels',
  by: 'recognise',
  because: 'the picture looks like it (99 %)',
});

/** Runs the pipeline; looks are answered by `see` and noted. */
async function run(
  files: Readonly<Record<string, Uint8Array | Blob>>,
  { models = true, ownModels = false, see = () => ({ evidence: [] }), found = [] }: Options = {},
) {
  const looks: LookJob[] = [];
  const root = {
    kind: 'files' as const,
    name: 'dropped',
    files: Object.entries(files).map(([path, bytes]) => ({ path, file: bytes instanceof Blob ? bytes : new Blob([bytes as BlobPart]) })),
  };
  const events: JobEvent[] = [];
  const batches = analyse(
    { roots: [root], readers: 1, hashPixels: false, models, ownModels, found: given(found) },
    {
      control: createControl(),
      async reader(_slot, on) {
        const reader = createReader({});
        reader.listen(on.results);
        return {
          async work(jobs) {
            reader.work(jobs.filter(({ kind }) => kind !== 'look'));
            for (const job of jobs) {
              if (job.kind !== 'look') continue;
              looks.push(job);
              const result = { kind: 'look' as const, index: job.index, ...see(job) };
              setTimeout(() => on.results([result], { fetched: 0, requests: 0 }));
            }
          },
          ping: async () => true,
        };
      },
    },
  );
  for await (const batch of batches) events.push(...structuredClone(batch));
  const items = new Map<string, Item>();
  for (const event of events) if (event.kind === 'items') for (const item of event.items) items.set(item.name, item);
  const shown = looks.map(({ pixels, open }) => ({ open, images: pixels.map(({ entry, first, count }) => [entry.path, first, count]) }));
  return { events, items, shown };
}

async function* given(items: readonly Item[]) {
  yield items;
}

interface Options {
  /** Of an earlier try. */
  readonly found?: readonly Item[];
  readonly models?: boolean;
  readonly ownModels?: boolean;
  readonly see?: (job: LookJob) => LookResult;
}

/** A NIfTI-1 volume of int16 zeros. */
function nifti(shape: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(352 + shape.reduce((a, b) => a * b, 1) * 2);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, 348, true);
  for (const [i, n] of [shape.length, ...shape].entries()) view.setInt16(40 + 2 * i, n, true);
  view.setInt16(70, 4, true);
  view.setInt16(72, 16, true);
  for (let i = 0; i < 4; i++) view.setFloat32(76 + 4 * i, 1, true);
  view.setFloat32(108, 352, true);
  bytes.set([0x6e, 0x2b, 0x31, 0], 344);
  return bytes;
}

/** A BMP of one grey. */
function bmp(side: number): Uint8Array {
  const bytes = new Uint8Array(54 + side * side * 3).fill(120, 54);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, 54, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, side, true);
  view.setInt32(22, side, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  return bytes;
}

describe('looks at pixels', () => {
  it('shows a small volume whole, whether or not its labels are open', async () => {
    const { shown } = await run({ 'a/sub-01_T1w.nii': nifti([32, 32, 20]), 'b/001.nii': nifti([32, 32, 10]) });
    expect(shown).toEqual([
      { open: true, images: [['b/001.nii', 0, 10]] },
      { open: false, images: [['a/sub-01_T1w.nii', 0, 20]] },
    ]);
  });

  it('looks only where labels are open when there are no models', async () => {
    const { shown } = await run({ 'a/sub-01_T1w.nii': nifti([32, 32, 20]), 'b/001.nii': nifti([32, 32, 11]) }, { models: false });
    expect(shown).toEqual([
      {
        open: true,
        images: [
          ['b/001.nii', 2, 1],
          ['b/001.nii', 5, 1],
          ['b/001.nii', 8, 1],
        ],
      },
    ]);
  });

  it('shows a picture once, the first time of a volume over time, and no stamps to models', async () => {
    const { shown } = await run({ '1.bmp': bmp(32), '2.nii': nifti([32, 32, 5, 3]), 'mri/3.nii': nifti([8, 8, 8]) });
    expect(shown.flatMap(({ images }) => images)).toEqual([
      ['1.bmp', 0, 1],
      ['2.nii', 0, 5],
    ]);
  });

  it('shows fewer of images that are very large: they would be in memory together', async () => {
    // Only the header is read here; 127 MB an image.
    const head = nifti([1, 1, 1]);
    for (const [i, n] of [8160, 8160, 6].entries()) new DataView(head.buffer).setInt16(42 + 2 * i, n, true);
    class Large extends Blob {
      override readonly size = 352 + 8160 * 8160 * 6 * 2;
    }
    const { shown } = await run({ '1.nii': new Large([head as BlobPart]) });
    expect(shown.map(({ images }) => images.map(([, first]) => first))).toEqual([[1, 4]]);
  });

  it('leaves models of a person’s own out when they end the reader again and again', async () => {
    const pictures = Object.fromEntries(Array.from('abcdefghijklmnopqrstuvwxyz', (name) => [`${name}.bmp`, bmp(32)]));
    const asked: (boolean | undefined)[] = [];
    const see = ({ leftOut }: LookJob): LookResult => {
      asked.push(leftOut?.own);
      return leftOut?.own ? { evidence: [voice('US')] } : { evidence: [], because: 'Hung.', ended: true };
    };
    const { items, events } = await run(pictures, { ownModels: true, see });
    for (const item of items.values()) expect(item).toMatchObject({ labels: { modality: { value: 'US' } }, warnings: [] });
    const told = events.filter((event) => event.kind === 'notice' && event.notice.code === 'MODEL');
    expect(told).toMatchObject([{ notice: { because: expect.stringContaining('your own models did not look at the rest') } }]);
    // What was sent together with the second one has hung too.
    expect(asked.filter((own) => !own).length).toBeLessThan(15);
  });

  it('does not try for ever what ends every reader', async () => {
    const pictures = Object.fromEntries(Array.from('abcdefghijklmnopqrstuvwxyz', (name) => [`${name}.bmp`, bmp(32)]));
    let asked = 0;
    const see = (): LookResult => {
      asked++;
      return { evidence: [], because: 'Hung.', ended: true };
    };
    const { items } = await run(pictures, { ownModels: true, see });
    for (const item of items.values()) expect(item.warnings).toEqual(['Hung.']);
    expect(asked).toBeLessThan(45);
  });

  it('labels what nothing else speaks of by what is seen, and shows disagreement', async () => {
    const { items } = await run(
      { '1.bmp': bmp(32), 'sub-01/anat/sub-01_T1w.nii': nifti([32, 32, 20]) },
      { see: ({ open }) => ({ evidence: [voice(open ? 'US' : 'CT')] }) },
    );
    expect(items.get('1.bmp')?.labels.modality).toMatchObject({ value: 'US', conflict: false });
    expect(items.get('sub-01_T1w.nii')?.labels.modality.evidence.map(({ from }) => from)).toContain('pixels');
    expect(items.get('sub-01_T1w.nii')?.labels.modality.conflict).toBe(true);
  });

  it('names each model that ran, and each trouble, once', async () => {
    const model = { id: 'recognise', sha256: 'c'.repeat(64), provider: 'wasm' as const };
    const { events } = await run(
      { '1.bmp': bmp(32), '2.bmp': bmp(40), '3.bmp': bmp(50) },
      { see: () => ({ evidence: [], models: [model], trouble: 'The model “x” could not look at the pictures. No.' }) },
    );
    expect(events.filter(({ kind }) => kind === 'model')).toEqual([{ kind: 'model', model }]);
    expect(events.filter((event) => event.kind === 'notice' && event.notice.code === 'MODEL')).toHaveLength(1);
    const last = events.findLast((event) => event.kind === 'progress');
    expect(last?.kind === 'progress' && last.progress.stages.find(({ id }) => id === 'pixels')).toEqual({ id: 'pixels', done: 3, of: 3 });
  });

  it('does not look again after an interruption, and forgets no finding', async () => {
    const tumour: Evidence = { ...voice('yes'), question: 'tumour', by: 'own:mine' };
    const see = (job: LookJob): LookResult => ({ evidence: job.seen.paths[0] === '1.bmp' ? [voice('US')] : [voice('US'), tumour] });
    const files = { '1.bmp': bmp(32), '2.bmp': bmp(40) };
    const first = await run(files, { see });
    const again = await run(files, { see, found: [...first.items.values()] });
    expect(again.shown).toEqual([]);
    for (const name of ['1.bmp', '2.bmp']) {
      expect(again.items.get(name)?.labels.modality).toEqual(first.items.get(name)?.labels.modality);
      expect(again.items.get(name)?.features).toEqual(first.items.get(name)?.features);
    }
    expect(again.items.get('2.bmp')?.features[0]).toMatchObject({ kind: 'tumour', present: true, by: 'own:mine' });
  });

  it('says at the item why a file could not be looked at', async () => {
    const { items } = await run(
      { '1.bmp': bmp(32) },
      { see: () => ({ evidence: [], failed: [{ path: '1.bmp', because: 'The pixels end too soon.' }] }) },
    );
    expect(items.get('1.bmp')?.warnings).toContain('The pixels end too soon.');
  });
});

describe('the budget of looks', () => {
  const MB = 2 ** 20;
  const look = (rank: Look['rank'], bytes: number): Look => ({ told: undefined as never, rank, wanted: [], bytes });

  it('takes only so many second opinions, evenly over the source, and all looks at what is open', () => {
    const looks = [...Array.from({ length: 6000 }, () => look(0, 1)), ...Array.from({ length: 20_000 }, () => look(2, 1))];
    const chosen = affordable(looks, { sizes: { far: false, held: null }, models: true });
    expect(chosen).toHaveLength(11_000);
    expect(chosen.slice(0, 6000)).toEqual(looks.slice(0, 6000));
    expect([6000, 6001, 10_999].map((at) => looks.indexOf(chosen[at] as Look))).toEqual([6000, 6004, 25_996]);
  });

  it('spares nothing on this computer but giants', () => {
    const looks = [look(0, 900 * MB), look(2, 900 * MB), look(2, 2000 * MB)];
    expect(affordable(looks, { sizes: { far: false, held: null }, models: true })).toEqual(looks.slice(0, 2));
  });

  it('far away has a purse for what nobody knows, and a small one for second opinions', () => {
    const looks = [look(0, 200 * MB), look(0, 200 * MB), look(0, 200 * MB), look(1, 60 * MB), look(2, 7 * MB), look(2, 2 * MB)];
    const of = (held: number | null, models: boolean) =>
      affordable(looks, { sizes: { far: true, held: held === null ? null : held * MB }, models }).map((one) => looks.indexOf(one));
    expect(of(1000, true)).toEqual([0, 1, 4, 5]);
    expect(of(null, true)).toEqual([0, 1, 4]);
    expect(of(100, false)).toEqual([4]);
    // A small source is read whole.
    expect(of(100, true)).toEqual([0, 1, 3, 4, 5]);
    expect(of(9000, true)).toEqual([0, 1, 3, 4, 5]);
  });
});
