// Which slice and frame are looked at: walked through by hand, played, or led to by what is marked.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Frames } from './frames.ts';
import { nextMarked, openingSlice } from './layers.ts';
import type { Span } from './span.ts';
import { type Overlay, shownLayers } from './use-overlay.ts';

interface Where {
  readonly slice: number;
  readonly frame: number;
  /** Direction of the last step, for reading ahead. */
  readonly ahead: number;
}

interface WhereOptions {
  readonly span: Span;
  /** Masks follow frames, not slices. */
  readonly cine: boolean;
  readonly overlay: Overlay;
}

const clamp = (value: number, count: number): number => Math.min(count - 1, Math.max(0, value));

/** `marked` is the slice of the masks. Begins where most is marked, else in the middle; goes there too when masks come while nobody has moved. */
export function useWhere({ span, cine, overlay }: WhereOptions) {
  const { layers, wish } = overlay;
  const [where, setWhere] = useState<Where>(() => beginning({ span, cine, at: openingSlice(layers) }));
  const moved = useRef(false);
  const goTo = useCallback(
    (to: number) => {
      moved.current = true;
      setWhere((now) => (cine ? { ...now, frame: to } : { ...now, slice: to, ahead: to < now.slice ? -1 : 1 }));
    },
    [cine],
  );
  const step = useCallback(
    (by: number) => {
      moved.current = true;
      setWhere((now) =>
        span.slices > 1
          ? { ...now, slice: clamp(now.slice + by, span.slices), ahead: by < 0 ? -1 : 1 }
          : { ...now, frame: clamp(now.frame + by, span.frames) },
      );
    },
    [span],
  );
  const setFrame = useCallback((next: (frame: number) => number) => {
    moved.current = true;
    setWhere((now) => ({ ...now, frame: next(now.frame) }));
  }, []);
  const opening = openingSlice(layers);
  useEffect(() => {
    if (opening !== undefined && !moved.current) setWhere(beginning({ span, cine, at: opening }));
  }, [opening, span, cine]);
  const slice = clamp(where.slice, span.slices);
  const frame = clamp(where.frame, span.frames);
  const marked = cine ? frame : slice;
  const goOn = (by: 1 | -1) => {
    const next = nextMarked(shownLayers(overlay), { from: marked, by });
    if (next !== undefined) goTo(next);
  };
  const latest = useRef(goOn);
  latest.current = goOn;
  useEffect(() => {
    if (wish && 'slice' in wish) goTo(wish.slice);
    else if (wish) latest.current(wish.by);
  }, [wish, goTo]);
  return { slice, frame, marked, ahead: where.ahead, step, goTo, goOn, setFrame };
}

function beginning({ span, cine, at }: { span: Span; cine: boolean; at: number | undefined }): Where {
  return { slice: cine ? 0 : (at ?? span.slices >> 1), frame: cine ? (at ?? 0) : 0, ahead: 1 };
}

interface Cine {
  readonly playing: boolean;
  readonly span: Span;
  readonly slice: number;
  readonly time: number;
  readonly frames: Frames;
  /** Pictures a second. */
  readonly rate: number;
  readonly onFrame: (next: (frame: number) => number) => void;
}

/** Goes on only when the next image is here: a slow network makes a slow film, not a broken one. */
export function useCine({ playing, span, slice, time, frames, rate, onFrame }: Cine): void {
  useEffect(() => {
    if (!playing || span.frames < 2) return;
    const timer = setInterval(() => {
      const next = span.indexOf(slice, (time + 1) % span.frames);
      if (frames.peek(next) || frames.failure(next)) onFrame((now) => (now + 1) % span.frames);
    }, 1000 / rate);
    return () => clearInterval(timer);
  }, [playing, span, slice, time, frames, rate, onFrame]);
}
