// The record of a run as it goes: begun, changed by what the analysis tells, failed with a sentence. Keeps nothing itself.
import type { ModelUse } from '../core/model.ts';
import type { JobEvent, Progress, Run } from '../core/run.ts';
import type { Given } from './jobs.ts';

const EMPTY: Progress = { stages: [], fetched: 0, requests: 0, held: null, files: 0, items: 0, unreadable: 0, skipped: 0 };
const NOTICES = 200;

/** A run that begins now. */
export function freshRun(id: string, given: readonly Given[]): Run {
  return {
    id,
    name: given.map(nameOf).join(', ').slice(0, 120) || 'Untitled',
    version: 1,
    state: 'running',
    given: given.flatMap((one) => (one.kind === 'url' ? [one.url] : [])),
    folders: foldersOf(given),
    sources: [],
    startedAt: new Date().toISOString(),
    progress: EMPTY,
    notices: [],
    models: [],
  };
}

/** The same run, begun again; what it found stays, what it said does not. */
export function resumedRun(run: Run, given: readonly Given[]): Run {
  return { ...run, folders: foldersOf(given), notices: [], sources: [], finishedAt: undefined, because: undefined, code: undefined };
}

/** `before`: what earlier tries fetched. */
export function applied(run: Run, event: JobEvent, before: Progress): Run {
  if (event.kind === 'progress') {
    const { fetched, requests } = event.progress;
    return { ...run, progress: { ...event.progress, fetched: fetched + before.fetched, requests: requests + before.requests } };
  }
  if (event.kind === 'opened') return { ...run, sources: [...run.sources, event.source] };
  if (event.kind === 'notice') return { ...run, notices: [...run.notices, event.notice].slice(0, NOTICES) };
  if (event.kind === 'model') return { ...run, models: [...run.models.filter((model) => !isSame(model, event.model)), event.model] };
  if (event.kind === 'failed') return { ...run, state: 'failed', because: event.because, code: event.code };
  return run;
}

const isSame = (a: ModelUse, b: ModelUse): boolean => a.id === b.id && a.sha256 === b.sha256 && a.provider === b.provider;

const FULL =
  'The storage that this browser gives us is full. What was read so far is kept: delete old runs or free disk space, then continue.';

/** How a run failed, in words. */
export function failure(thrown: unknown): Pick<Run, 'state' | 'because' | 'code'> {
  const { name, because, code } = (thrown ?? {}) as { name?: string; because?: string; code?: string };
  // comlink carries an error's name, not its class.
  if (name === 'StoreFull') return { state: 'failed', because: FULL, code: 'E-FULL' };
  return { state: 'failed', because: because ?? 'The analysis stopped because of a fault of ours.', code: code ?? 'E-CRASHED' };
}

const foldersOf = (given: readonly Given[]): Run['folders'] => {
  const handles = given.flatMap((one) => (one.kind === 'folder' ? [one.handle] : []));
  return handles.length > 0 && handles.length === given.length ? handles : undefined;
};

/** Last segment of a link, or the folder's name. */
function nameOf(given: Given): string {
  if (given.kind === 'folder') return given.handle.name;
  if (given.kind === 'files') return given.name;
  try {
    const url = new URL(given.url);
    return decodeURIComponent(url.pathname.split('/').filter(Boolean).at(-1) ?? url.hostname);
  } catch {
    return given.url;
  }
}
