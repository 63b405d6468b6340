// How a run was read, as plain text that can be copied into a mail or an issue. Pure.
import type { Run, Stage } from '../../core/run.ts';
import { bytes, count, counted } from '../numbers.ts';

export const STAGE_NAMES: Readonly<Record<Stage['id'], string>> = {
  list: 'List',
  headers: 'Read headers',
  pixels: 'Read pixels',
  outline: 'Outline',
  classify: 'Classify',
};

const STATES: Readonly<Record<Run['state'], string>> = {
  running: 'running',
  paused: 'paused',
  interrupted: 'interrupted',
  stopped: 'stopped before its end',
  done: 'complete',
  failed: 'failed',
};

/** "12 of 15", or "12" while the number grows. */
export function stageCount({ done, of }: Stage): string {
  return of === undefined ? count(done) : `${count(done)} of ${count(of)}`;
}

/** Lines of two columns; nothing in it that the page does not show. */
export function readLog(run: Run, { app }: { app: string }): string {
  const { progress } = run;
  const lines: (readonly [string, string] | undefined)[] = [
    ['Medley', app],
    ['Run', run.name],
    ...(run.sources.length ? run.sources.map((source) => ['Source', `${source.url} (${source.kind})`] as const) : [given(run)]),
    ['Started', clock(run.startedAt)],
    run.finishedAt ? ['Ended', `${clock(run.finishedAt)}${took(run)}`] : undefined,
    ['State', [STATES[run.state], run.because, run.code].filter(Boolean).join(' · ')],
    ...progress.stages.map((stage) => [STAGE_NAMES[stage.id], stageCount(stage)] as const),
    ['Fetched', fetched(run)],
    ['Found', `${counted(progress.items, 'item')} in ${counted(progress.files, 'file')}${left(run)}`],
    ...run.notices.map(({ code, because, path }) => ['Note', `${because}${path ? ` [${path}]` : ''} ${code}`] as const),
  ];
  return lines.flatMap((line) => (line ? [`${line[0].padEnd(13)} ${line[1]}`] : [])).join('\n');
}

const given = (run: Run) => ['Source', run.given.join(' ') || 'files of this computer'] as const;
const clock = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;

function took({ startedAt, finishedAt = '' }: Run): string {
  const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
  return Number.isFinite(seconds) ? ` (${seconds.toFixed(1)} s)` : '';
}

function fetched({ progress }: Run): string {
  if (!progress.requests) return 'nothing over the network';
  return `${bytes(progress.fetched)}${progress.held ? ` of ${bytes(progress.held)}` : ''} in ${counted(progress.requests, 'request')}`;
}

function left({ progress: { unreadable, skipped } }: Run): string {
  return `${unreadable ? `, ${count(unreadable)} unreadable` : ''}${skipped ? `, ${count(skipped)} skipped` : ''}`;
}
