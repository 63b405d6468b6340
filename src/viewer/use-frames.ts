// React's side of `frames`: one set of frames for one item, and the orientation of its first file.
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { Item } from '../core/item.ts';
import type { Store } from '../core/store.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { createFrames, type Frame, type Frames } from './frames.ts';
import { chunkOf, type Span } from './span.ts';

export interface Place {
  readonly runId: string;
  readonly item: Item;
  readonly jobs: Jobs;
  readonly store: Store;
}

/** Bytes of decoded pixels kept: phones have less. */
function budgetOf(): number {
  const memory = (navigator as { deviceMemory?: number }).deviceMemory ?? 8;
  return memory <= 4 ? 96 * 2 ** 20 : 256 * 2 ** 20;
}

/** Frames of one item; closed when the item or the component goes. Pixels are asked for again only when their files change. */
export function useFrames({ runId, item, jobs, store }: Place): Frames {
  const latest = useRef(item);
  latest.current = item;
  const { id } = item;
  const total = item.parts.reduce((sum, part) => sum + part.images, 0);
  const chunk = chunkOf(item);
  const frames = useMemo(() => {
    void id;
    const load = (span: { first: number; count: number; signal: AbortSignal }) =>
      jobs.pixels({ store, runId, item: latest.current, ...span });
    return createFrames({ load, total, chunk, budget: budgetOf() });
  }, [id, total, chunk, runId, jobs, store]);
  useEffect(() => () => frames.close(), [frames]);
  return frames;
}

/** Which images to have: the one in sight, then those ahead, then those behind. */
export function nearby(span: Span, at: { slice: number; frame: number; ahead: number; playing: boolean }): number[] {
  const { slice, frame, ahead, playing } = at;
  const steps = playing ? [0, 1, 2, 3, 4, 5, 6, 7, 8] : [0, ahead, 2 * ahead, 3 * ahead, -ahead, 4 * ahead, -2 * ahead];
  return steps.flatMap((step) => {
    if (playing) return [span.indexOf(slice, (frame + step) % span.frames)];
    const near = slice + step;
    return near >= 0 && near < span.slices ? [span.indexOf(near, frame)] : [];
  });
}

/** The image in sight; the one before stays until it has come. */
export function useFrame(frames: Frames, index: number, wanted: readonly number[]) {
  useSyncExternalStore(frames.watch, frames.version);
  const wish = wanted.join(',');
  useEffect(() => frames.want(wish.split(',').map(Number)), [frames, wish]);
  const before = useRef<Frame | undefined>(undefined);
  const found = frames.peek(index);
  const stable = before.current && found && before.current.pixels === found.pixels && before.current.frame === found.frame;
  if (found && !stable) before.current = found;
  const failure = found ? undefined : frames.failure(index);
  return { frame: failure ? undefined : before.current, failure, loading: !found && !failure };
}

/** Direction cosines of the first file, once the store has answered. */
export function useOrientation({ store, runId, item }: Place): readonly number[] | undefined {
  const [orientation, setOrientation] = useState<readonly number[]>();
  const path = item.parts[0]?.path;
  useEffect(() => {
    let alive = true;
    setOrientation(undefined);
    if (path !== undefined) {
      void store.file(runId, path).then(
        (file) => alive && setOrientation(file?.header?.geometry?.orientation),
        () => undefined,
      );
    }
    return () => {
      alive = false;
    };
  }, [store, runId, path]);
  return orientation;
}
