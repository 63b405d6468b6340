// How far a run is and how long it may still take. Pure; says nothing rather than something wrong.
import type { Progress, Stage } from '../../core/run.ts';

/** Share of the work that is done, 0–1; undefined while the size of the work is not known. */
export function shareDone(progress: Progress): number | undefined {
  const listed = progress.stages.find((stage) => stage.id === 'list');
  if (listed && listed.of === undefined) return undefined;
  const counted = progress.stages.filter((stage): stage is Stage & { of: number } => stage.id !== 'list' && stage.of !== undefined);
  const of = counted.reduce((sum, stage) => sum + stage.of, 0);
  if (of === 0) return undefined;
  return Math.min(1, counted.reduce((sum, stage) => sum + stage.done, 0) / of);
}

export interface Sample {
  /** Seconds, any zero. */
  readonly at: number;
  readonly share: number;
}

/** Seconds of watching before anything is said. */
const FIRST_S = 5;

/** Seconds that are left, as a range; undefined before five seconds of watching or without progress. */
export function secondsLeft(samples: readonly Sample[]): readonly [low: number, high: number] | undefined {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.at - first.at < FIRST_S) return undefined;
  const rate = (last.share - first.share) / (last.at - first.at);
  if (rate <= 0) return undefined;
  const left = (1 - last.share) / rate;
  return [left * 0.8, left * 1.4];
}

/** "about 2–4 min left"; one figure where both ends read the same. */
export function leftText([low, high]: readonly [number, number]): string {
  if (high < 10) return 'a few seconds left';
  if (high < 90) return `${tens(low)}–${tens(high)} s left`;
  const [from, to] = [Math.max(1, Math.round(low / 60)), Math.max(1, Math.round(high / 60))];
  return from === to ? `about ${from} min left` : `${from}–${to} min left`;
}

const tens = (seconds: number): number => Math.max(10, Math.round(seconds / 10) * 10);
