// Skimming: of a long run of equally named, equally long files far away, a sixteenth of the headers is read; the rest follows when all
// that was read lines up (one series, instance numbers that count the files, positions on one line). Where anything does not, all are read.
import { baseName, type Entry, folderOf } from '../core/entry.ts';
import type { Header, TagValue } from '../core/header.ts';

/** Entries in order of their number, consecutive, of nearly one size. */
export type LongRun = readonly Entry[];

export const STRIDE = 16;
const SHORTEST = 3 * STRIDE;
/** Native slices of one matrix differ only by their headers' texts. */
const SIZE_SLACK_BYTES = 2048;

/** Splits entries into long runs that can be skimmed and the others, which are read one by one. */
export function findLongRuns(entries: readonly Entry[]): { readonly runs: readonly LongRun[]; readonly others: readonly Entry[] } {
  const families = new Map<string, { entry: Entry; number: number }[]>();
  const others: Entry[] = [];
  for (const entry of entries) {
    const match = /^(.*?)(\d{1,9})(\D*)$/.exec(baseName(entry.path));
    if (!match || entry.size === undefined) {
      others.push(entry);
      continue;
    }
    const family = `${folderOf(entry.path)}|${match[1]}|${match[3]}`;
    const members = families.get(family);
    const member = { entry, number: Number(match[2]) };
    if (members) members.push(member);
    else families.set(family, [member]);
  }
  const runs: LongRun[] = [];
  for (const members of families.values()) {
    members.sort((a, b) => a.number - b.number);
    for (const run of consecutive(members)) {
      if (run.length >= SHORTEST) runs.push(run);
      else others.push(...run);
    }
  }
  return { runs, others };
}

function* consecutive(members: readonly { entry: Entry; number: number }[]): Generator<Entry[]> {
  let run: Entry[] = [];
  let last: { entry: Entry; number: number } | undefined;
  for (const member of members) {
    const follows =
      last && member.number === last.number + 1 && Math.abs((member.entry.size ?? 0) - (run[0]?.size ?? 0)) <= SIZE_SLACK_BYTES;
    if (!follows && run.length) {
      yield run;
      run = [];
    }
    run.push(member.entry);
    last = member;
  }
  if (run.length) yield run;
}

/** Indices of a run of `length` that are read first: every sixteenth and the last. */
export function firstWave(length: number): number[] {
  const wave: number[] = [];
  for (let i = 0; i < length - 1; i += STRIDE) wave.push(i);
  wave.push(length - 1);
  return wave;
}

/** What follows from the headers of the first wave, and which indices must be read after all. */
export function settle(
  length: number,
  read: ReadonlyMap<number, Header>,
): { readonly inferred: ReadonlyMap<number, Header>; readonly unread: readonly number[] } {
  const wave = firstWave(length);
  const inferred = new Map<number, Header>();
  const unread: number[] = [];
  for (let w = 1; w < wave.length; w++) {
    const from = wave[w - 1] ?? 0;
    const to = wave[w] ?? 0;
    const a = read.get(from);
    const b = read.get(to);
    const lines = a && b && linesUp({ a, b, files: to - from });
    for (let i = from + 1; i < to; i++) {
      if (lines && a && b) inferred.set(i, between({ a, b, share: (i - from) / (to - from), step: i - from }));
      else unread.push(i);
    }
  }
  return { inferred, unread };
}

/** Tags that must be one for the whole run, else its files are read. */
const SAME = [
  'SOPClassUID',
  'TransferSyntaxUID',
  'Modality',
  'ImageType',
  'EchoTime',
  'TemporalPositionIdentifier',
  'AcquisitionNumber',
  'DiffusionBValue',
  'SliceThickness',
  'BodyPartExamined',
  'SeriesDescription',
];
/** Tags of one image that nothing says about its neighbours. */
const OWN = ['SOPInstanceUID', 'AcquisitionTime', 'ContentTime', 'TriggerTime', 'WindowCenter', 'WindowWidth'];

function linesUp({ a, b, files }: { a: Header; b: Header; files: number }): boolean {
  if (a.role !== 'image' || b.role !== 'image' || a.series === undefined || a.series !== b.series) return false;
  if (
    JSON.stringify([a.shape, a.geometry?.orientation, a.geometry?.spacingMm]) !==
    JSON.stringify([b.shape, b.geometry?.orientation, b.geometry?.spacingMm])
  )
    return false;
  if (SAME.some((keyword) => JSON.stringify(a.tags[keyword]) !== JSON.stringify(b.tags[keyword]))) return false;
  if (Math.abs(Number(b.tags.InstanceNumber) - Number(a.tags.InstanceNumber)) !== files) return false;
  const p = a.geometry?.positions;
  const q = b.geometry?.positions;
  if (p?.length !== 3 || q?.length !== 3) return false;
  const stepMm = Math.hypot(...p.map((x, i) => (q[i] ?? 0) - x)) / files;
  const saidMm = Number(a.tags.SpacingBetweenSlices ?? a.tags.SliceThickness);
  return stepMm > 0.01 && (!Number.isFinite(saidMm) || (stepMm <= saidMm * 1.05 + 0.01 && stepMm >= saidMm * 0.2));
}

function between({ a, b, share, step }: { a: Header; b: Header; share: number; step: number }): Header {
  const tags: Record<string, TagValue> = { ...a.tags };
  for (const keyword of OWN) delete tags[keyword];
  const first = Number(a.tags.InstanceNumber);
  tags.InstanceNumber = first + Math.sign(Number(b.tags.InstanceNumber) - first) * step;
  const q = b.geometry?.positions ?? [];
  const positions = (a.geometry?.positions ?? []).map((x, i) => x + ((q[i] ?? x) - x) * share);
  return { ...a, tags, geometry: { ...a.geometry, positions } };
}
