// The pool: hands jobs to the readers, a few in flight each; a reader that hangs or dies is replaced and the file that did it is named.
import type { ReaderJob, ReaderResult, Traffic } from '../core/reading.ts';
import type { UnreadableCode } from '../core/unreadable.ts';

/** A reader in another thread, as the pool sees it. */
export interface RemoteReader {
  work(jobs: readonly ReaderJob[]): Promise<void>;
  ping(): Promise<boolean>;
}

export interface PoolOptions {
  readonly size: number;
  /** A fresh reader for this slot; the old one, if any, is ended first. A dead reader shows by not answering. */
  reader(slot: number, on: { results: (results: readonly ReaderResult[], traffic: Traffic) => void }): Promise<RemoteReader>;
  onResult(result: ReaderResult, job: ReaderJob): void;
  onTraffic(traffic: Traffic): void;
  /** No progress and no answer for so long means hung. Milliseconds. */
  readonly patienceMs?: number;
}

interface Slot {
  readonly index: number;
  remote: RemoteReader | undefined;
  starting: boolean;
  /** Readers in a row that could not be started here. */
  failures: number;
  /** Jobs answered by this reader. */
  served: number;
  /** A reader here has lost the graphics card: a new one may have it again, so it was renewed for that, once. */
  lostGraphics: boolean;
  /** Jobs sent and not answered, by their number. */
  readonly out: Map<number, ReaderJob>;
  load: number;
  lastSign: number;
  /** When it was last asked for a sign of life and has not answered yet. */
  pingedAt: number | undefined;
  /** Told apart from results of a reader that was replaced. */
  generation: number;
}

/** A reader carries jobs up to this load: 12 files far away (what is under way is what a pause waits for), 36 of this computer. */
const CAPACITY = 36;

/** Files of this size are looked at several at once: it is the journey to their host that takes the time. Bytes. */
const SMALL = 2 ** 18;

function loadOf(job: ReaderJob): number {
  if (job.kind === 'look') return job.pixels.every(({ entry }) => (entry.size ?? SMALL + 1) <= SMALL) ? CAPACITY / 6 : CAPACITY / 2;
  // Slices of a volume, and numbers of its cuts: one at a time.
  if (job.kind === 'outline') return job.source.at.length > 1 ? CAPACITY : CAPACITY / 2;
  if (job.kind !== 'read') return CAPACITY / 2;
  return job.entry.place.source === 'local' || job.entry.place.source === 'kept' ? 1 : 3;
}

const PATIENCE_MS = 10_000;
/** A large network answers no ping while it is at one picture, and old or busy computers are slow: so many times the patience. */
const OUTLINING = 6;
/** A reader is ended after so many jobs and another takes its place: what the browser keeps for each request goes with it. */
const RENEW_AFTER = 8000;
/** A slot whose reader could not be started so many times in a row is given up. */
const TRIES = 3;

/** Every pushed job is answered once by `onResult`, whatever becomes of its reader; after `stop` none is. */
export function createPool(options: PoolOptions) {
  const patience = options.patienceMs ?? PATIENCE_MS;
  const queue: ReaderJob[] = [];
  let head = 0;
  /** Jobs that were in a reader when it hung: each is tried alone. */
  const suspects: ReaderJob[] = [];
  const slots: Slot[] = Array.from({ length: options.size }, (_, index) => ({
    index,
    remote: undefined,
    starting: false,
    failures: 0,
    served: 0,
    lostGraphics: false,
    out: new Map(),
    load: 0,
    lastSign: 0,
    pingedAt: undefined,
    generation: 0,
  }));
  let paused = false;
  let stopped = false;
  let idlers: (() => void)[] = [];
  const watch = setInterval(() => slots.forEach(look), patience / 5);

  const left = (): number => queue.length - head + suspects.length + slots.reduce((sum, slot) => sum + slot.out.size, 0);

  function pump(): void {
    if (paused || stopped) return;
    if (slots.every((slot) => slot.failures >= TRIES)) giveUp();
    for (const slot of slots) fill(slot);
    if (head > 4096) {
      queue.splice(0, head);
      head = 0;
    }
    if (left() === 0) for (const settle of idlers.splice(0)) settle();
  }

  function fill(slot: Slot): void {
    if (slot.starting || slot.failures >= TRIES || (head >= queue.length && !suspects.length)) return;
    if (slot.served >= RENEW_AFTER) {
      if (slot.out.size) return;
      slot.remote = undefined;
    }
    if (!slot.remote) return void start(slot);
    const jobs: ReaderJob[] = [];
    if (suspects.length) {
      if (slot.out.size === 0) jobs.push(suspects.shift() as ReaderJob);
    } else {
      for (let job = queue[head]; job && (slot.load === 0 || slot.load + loadOf(job) <= CAPACITY); job = queue[head]) {
        jobs.push(job);
        head++;
        slot.load += loadOf(job);
        slot.out.set(job.index, job);
      }
    }
    for (const job of jobs) slot.out.set(job.index, job);
    if (!jobs.length) return;
    if (slot.load === 0) slot.load = CAPACITY;
    if (slot.out.size === jobs.length) slot.lastSign = Date.now();
    const { generation } = slot;
    slot.remote.work(jobs).catch(() => slot.generation === generation && lose(slot, 'E-CRASHED'));
  }

  async function start(slot: Slot): Promise<void> {
    slot.starting = true;
    const generation = ++slot.generation;
    const current = (): boolean => slot.generation === generation && !stopped;
    try {
      slot.remote = await options.reader(slot.index, {
        results: (results, traffic) => current() && receive(slot, { results, traffic }),
      });
      slot.lastSign = Date.now();
      slot.served = 0;
      slot.failures = 0;
    } catch {
      // The worker's file is not there (a newer version of the page was put up) or the browser allows no more workers.
      slot.failures++;
    } finally {
      slot.starting = false;
    }
    pump();
  }

  /** No reader can be started: every job left is refused, so that none is waited for for ever. */
  function giveUp(): void {
    for (const job of [...suspects.splice(0), ...queue.splice(0).slice(head)]) options.onResult(refused(job, 'E-CRASHED', NO_READER), job);
    head = 0;
  }

  function receive(slot: Slot, { results, traffic }: { results: readonly ReaderResult[]; traffic: Traffic }): void {
    slot.lastSign = Date.now();
    options.onTraffic(traffic);
    for (const result of results) {
      const job = slot.out.get(result.index);
      if (!job) continue;
      slot.out.delete(result.index);
      slot.served++;
      slot.load = slot.out.size === 0 ? 0 : slot.load - loadOf(job);
      if ((result.kind === 'look' || result.kind === 'outline') && result.lost && !slot.lostGraphics) {
        slot.lostGraphics = true;
        slot.served = RENEW_AFTER;
      }
      options.onResult(result, job);
    }
    pump();
  }

  /** Silence is no crime while the reader answers a ping: a slow host is the network's business. */
  function look(slot: Slot): void {
    if (!slot.remote || !slot.out.size || paused) return;
    const now = Date.now();
    if (slot.pingedAt !== undefined) {
      const outlines = [...slot.out.values()].some(({ kind }) => kind === 'outline');
      if (now - slot.pingedAt > patience * (outlines ? OUTLINING : 1)) lose(slot, 'E-HUNG');
    } else if (now - slot.lastSign > patience / 4) {
      void ask(slot, now);
    }
  }

  async function ask(slot: Slot, now: number): Promise<void> {
    const { generation, remote } = slot;
    slot.pingedAt = now;
    const answered = await remote?.ping().catch(() => false);
    if (!answered || slot.generation !== generation) return;
    slot.pingedAt = undefined;
    slot.lastSign = Date.now();
  }

  function lose(slot: Slot, code: UnreadableCode): void {
    const jobs = [...slot.out.values()];
    slot.out.clear();
    slot.load = 0;
    slot.remote = undefined;
    slot.pingedAt = undefined;
    if (jobs.length === 1 && jobs[0]) options.onResult(refused(jobs[0], code), jobs[0]);
    else suspects.push(...jobs);
    void start(slot);
  }

  return {
    push(jobs: readonly ReaderJob[]): void {
      for (const job of jobs) queue.push(job);
      pump();
    },
    /** Next, and by itself: a job like one that has ended its reader. */
    again(job: ReaderJob): void {
      suspects.unshift(job);
      pump();
    },
    /** Settles when nothing is queued or under way. */
    idle: (): Promise<void> =>
      new Promise((settle) => {
        idlers.push(settle);
        pump();
      }),
    left,
    pause(): void {
      paused = true;
    },
    resume(): void {
      paused = false;
      for (const slot of slots) slot.lastSign = Date.now();
      pump();
    },
    /** Nothing is started or answered any more; `idle` settles. */
    stop(): void {
      stopped = true;
      clearInterval(watch);
      for (const settle of idlers.splice(0)) settle();
      idlers = [];
    },
  };
}

const STUCK = 'The models made no progress for a minute, so they were given up.';
const HUNG = 'Reading this file made no progress for 10 seconds, so it was given up.';
const DIED = 'Reading this file ended the worker that read it.';
const NO_READER = 'The part of this page that reads files could not be started. Reload the page.';

function refused(job: ReaderJob, code: UnreadableCode, because = code === 'E-HUNG' ? HUNG : DIED): ReaderResult {
  if (job.kind === 'read')
    return {
      kind: 'read',
      index: job.index,
      outcome: { index: job.index, size: job.entry.size ?? null, kind: 'unreadable', because, code },
    };
  if (job.kind === 'hash') return { kind: 'hash', index: job.index, because };
  if (job.kind === 'drawn')
    return {
      kind: 'drawn',
      index: job.index,
      files: job.task.files.map(({ entry }) => ({ path: entry.path, masks: [], outlines: [], notes: [], because })),
    };
  const ended = because !== NO_READER;
  if (job.kind === 'outline')
    return { kind: 'outline', index: job.index, answers: [], outlined: [], models: [], because: because === HUNG ? STUCK : because, ended };
  return { kind: 'look', index: job.index, evidence: [], because, ended };
}

export type Pool = ReturnType<typeof createPool>;
