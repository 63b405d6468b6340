// Vessels of CT and MR angiography by multi-scale vesselness: the one outliner without a network (docs/vesselness.md).
import type { Evidence } from '../core/evidence.ts';
import { logistic } from '../core/log-odds.ts';
import { createMaskBuilder } from '../core/mask-grid.ts';
import type { Outlined, Outliner, Slices, Step } from '../core/outliner.ts';
import { angiographyOf } from '../core/vesselness/angiography.ts';
import type { VolumeReader } from '../core/vesselness/grid.ts';
import { vesselOdds } from '../core/vesselness/presence.ts';
import { addMarks, type Found, type Vessels, vesselsOf } from '../core/vesselness/vessels.ts';

const ID = 'vesselness';
const STEPS = 1000;

/** Weak: it was searched, and nothing can be said for certain. */
const unsure: Evidence = {
  ...{ question: 'vessels', value: 'no', logOdds: 0.6, from: 'pixels', by: ID },
  because: 'nothing that is surely a vessel: its values are no Hounsfield units, so blood cannot be told from other things',
};

function looksAt(item: Parameters<Outliner['looksAt']>[0]) {
  const asked = angiographyOf(item);
  if (asked.kind === null) return { kinds: [], why: asked.why };
  return { kinds: ['vessels' as const], why: `Vesselness fits: ${asked.because}.` };
}

async function outline(slices: Slices, { item, step }: { item: Parameters<Outliner['looksAt']>[0]; step: Step }): Promise<Outlined> {
  const asked = angiographyOf(item);
  const reader = readerOf(slices);
  if (asked.kind === null || !reader) return { masks: [], evidence: [] };
  const onProgress = (done: number): Promise<void> => step(Math.round(done * STEPS), STEPS);
  const vessels = await vesselsOf(reader, { kind: asked.kind, rimMm: asked.rimMm, onProgress });
  const { found } = vessels;
  // Of CT without Hounsfield units and without vessels cut out, blood cannot be told from bone.
  if (asked.kind === 'ct' && !found.hounsfield && !found.cutOut) return { masks: [], evidence: [unsure] };
  const logOdds = vesselOdds(found);
  return {
    masks: logOdds >= 0 ? [maskOf(vessels, { slices, probability: logistic(logOdds) })] : [],
    evidence: [evidenceOf(vessels, logOdds)],
  };
}

function readerOf(slices: Slices): VolumeReader | undefined {
  const [dx = 0, dy = 0, dz = 0] = slices.spacingMm ?? [];
  if (!(dx > 0 && dy > 0 && dz > 0) || slices.cine) return undefined;
  const { columns, rows, count } = slices;
  return {
    ...{ columns, rows, slices: count, spacingMm: [dx, dy, dz] },
    async slab(first, wanted) {
      const { data, slope, intercept, samples } = await slices.read(first, wanted);
      const values = new Float32Array(columns * rows * wanted);
      for (let i = 0; i < values.length; i++) values[i] = Number(data[i * samples] ?? 0) * slope + intercept;
      return values;
    },
  };
}

function maskOf(vessels: Vessels, { slices, probability }: { slices: Slices; probability: number }) {
  const { columns, rows, count } = slices;
  const grid = { columns, rows, slices: count };
  const builder = createMaskBuilder(grid);
  addMarks(builder, vessels, grid);
  return builder.mask({
    ...{ kind: 'vessels', label: 'Vessels', by: ID, from: 'classical' },
    probability: Math.round(probability * 1000) / 1000,
  });
}

function evidenceOf({ found, grid }: Vessels, odds: number): Evidence {
  const value = odds >= 0 ? 'yes' : 'no';
  return { question: 'vessels', value, logOdds: Math.abs(odds), from: 'pixels', by: ID, because: wordsOf(found, grid, odds >= 0) };
}

function wordsOf({ pieces, reachMm, volumeMl }: Found, { spacingMm, factors }: Vessels['grid'], isYes: boolean): string {
  const reduced = factors.some((factor) => factor > 1)
    ? `, looked for on a grid of ${spacingMm.map((mm) => mm.toFixed(1)).join(' × ')} mm`
    : '';
  if (!pieces) return `no bright tubes of at least 12 mm${reduced}`;
  const trees = `bright tubes in ${pieces} ${pieces === 1 ? 'piece' : 'pieces'} that reach over ${Math.round(reachMm)} mm, ${volumeMl.toFixed(1)} ml`;
  return isYes ? `${trees}${reduced}` : `only ${trees}${reduced}`;
}

export default { id: ID, examines: ['vessels'], looksAt, outline } satisfies Outliner;
