// The plan: in which order listed entries are read. Files that need neighbours wait for their folder; long runs far away are skimmed.
import { baseName, type Entry, folderOf } from '../core/entry.ts';
import type { Header } from '../core/header.ts';
import type { ReaderJob, ReadOutcome } from '../core/reading.ts';
import { formats } from '../formats/index.ts';
import { findLongRuns, firstWave, type LongRun, settle } from './skim.ts';

/** What is known of a file already; its header where it has one. */
type Known = (path: string) => { readonly header?: Header | undefined } | undefined;

export interface PlanOptions {
  push(jobs: readonly ReaderJob[]): void;
  /** A header that follows from its neighbours. */
  infer(entry: Entry, header: Header): void;
  /** Files that an earlier try has read: they speak for their neighbours and are not read again. */
  readonly known?: Known;
}

interface Skimming {
  readonly run: LongRun;
  readonly read: Map<number, Header>;
  waiting: number;
}

const needsNeighbours = (path: string): boolean => formats.some((format) => format.detached?.(path));
/** A folder this small is handed over whole; of a larger one, the files of the same stem. */
const SMALL_FOLDER = 64;

/** Turns listed entries into jobs, each entry into one at most. */
export function createPlan({ push, infer, known = () => undefined }: PlanOptions) {
  let next = 0;
  const jobs = new Map<number, Entry>();
  const skimmed = new Map<number, { skimming: Skimming; at: number }>();
  const waiting: Entry[] = [];
  const folders = new Map<string, Entry[]>();

  const job = (entry: Entry, beside: readonly Entry[] = []): ReaderJob => {
    const index = next++;
    jobs.set(index, entry);
    return { kind: 'read', index, entry, beside };
  };

  /** Entries of one listing, as they come. `skim`: long runs may be skimmed (far sources, when nobody asked for every pixel). */
  function add(entries: readonly Entry[], { skim }: { skim: boolean }): void {
    const now: Entry[] = [];
    for (const entry of entries) {
      const detached = needsNeighbours(entry.path);
      if (!detached) now.push(entry);
      else if (!known(entry.path)) waiting.push(entry);
      if (detached || isLoose(entry.path)) remember(entry);
    }
    const { runs, others } = skim ? findLongRuns(now) : { runs: [], others: now };
    for (const run of runs) begin(run);
    push(others.filter((entry) => !known(entry.path)).map((entry) => job(entry)));
  }

  function remember(entry: Entry): void {
    const home = folders.get(folderOf(entry.path));
    if (home) home.push(entry);
    else folders.set(folderOf(entry.path), [entry]);
  }

  function begin(run: LongRun): void {
    const wave = firstWave(run.length);
    const skimming: Skimming = { run, read: new Map(), waiting: 0 };
    const open = wave.filter((at) => {
      const before = known(run[at]?.path ?? '');
      if (before?.header) skimming.read.set(at, before.header);
      return !before;
    });
    skimming.waiting = open.length;
    if (!open.length) {
      finish(skimming);
      return;
    }
    push(
      open.map((at) => {
        const made = job(run[at] as Entry);
        skimmed.set(made.index, { skimming, at });
        return made;
      }),
    );
  }

  function finish({ run, read }: Skimming): void {
    const { inferred, unread } = settle(run.length, read);
    const isOpen = (at: number): boolean => !known(run[at]?.path ?? '');
    for (const [at, header] of inferred) if (isOpen(at)) infer(run[at] as Entry, header);
    push(unread.filter(isOpen).map((at) => job(run[at] as Entry)));
  }

  return {
    add,
    /** Everything is listed: files that waited for neighbours are read now. */
    release(): void {
      push(waiting.splice(0).map((entry) => job(entry, neighbours(entry, folders.get(folderOf(entry.path)) ?? []))));
    },
    /** The entry a finished job was about; call once per read job. */
    done(outcome: ReadOutcome): Entry | undefined {
      const entry = jobs.get(outcome.index);
      jobs.delete(outcome.index);
      const part = skimmed.get(outcome.index);
      if (part) {
        skimmed.delete(outcome.index);
        if (outcome.kind === 'header') part.skimming.read.set(part.at, outcome.header);
        if (--part.skimming.waiting === 0) finish(part.skimming);
      }
      return entry;
    },
    get waiting(): number {
      return waiting.length;
    },
  };
}

/** Files that may hold the data of a detached header. */
const isLoose = (path: string): boolean => /\.(img|raw|zraw|gz|bz2|brik|rec|data|bin|\d+)$/i.test(path) || !baseName(path).includes('.');

function neighbours(entry: Entry, folder: readonly Entry[]): readonly Entry[] {
  if (folder.length <= SMALL_FOLDER) return folder;
  const stem = baseName(entry.path)
    .replace(/\.[^.]*$/, '')
    .toLowerCase();
  return folder.filter((other) => baseName(other.path).toLowerCase().startsWith(stem));
}
