// One item, slice by slice, on a canvas of our own. No volume rendering, no tools: those come with the large viewer.
import { type KeyboardEvent, useCallback, useEffect, useMemo, useState } from 'react';
import { PlayButton, Slider, Toolbar } from './controls.tsx';
import type { Failure, Frames } from './frames.ts';
import css from './slice-view.module.css';
import { cineRate, type Span, spanOf } from './span.ts';
import { Stage } from './stage.tsx';
import { edgesOf, FIT, flipsFor, pixelAspect, type View, zoomed } from './stance.ts';
import { nearby, type Place, useFrame, useFrames, useOrientation } from './use-frames.ts';
import { useWindow } from './use-window.ts';
import { unitOf } from './windows.ts';

/** Region *Viewer*: the middle image first. */
export function SliceView(props: Place) {
  const { item } = props;
  return (
    <section aria-label="Viewer" className={css.viewer}>
      {item.undecoded === undefined ? <Slices key={`${props.runId}/${item.id}`} {...props} /> : <Message because={item.undecoded} />}
    </section>
  );
}

const clamp = (value: number, count: number): number => Math.min(count - 1, Math.max(0, value));

interface Where {
  readonly slice: number;
  readonly frame: number;
  /** Direction of the last step, for reading ahead. */
  readonly ahead: number;
}

function useWhere(span: Span) {
  const [where, setWhere] = useState<Where>({ slice: span.slices >> 1, frame: 0, ahead: 1 });
  const step = useCallback(
    (by: number) =>
      setWhere((now) =>
        span.slices > 1
          ? { ...now, slice: clamp(now.slice + by, span.slices), ahead: by < 0 ? -1 : 1 }
          : { ...now, frame: clamp(now.frame + by, span.frames) },
      ),
    [span],
  );
  const slice = clamp(where.slice, span.slices);
  const frame = clamp(where.frame, span.frames);
  return { slice, frame, ahead: where.ahead, step, setWhere };
}

function Slices(props: Place) {
  const { item } = props;
  const span = useMemo(() => spanOf(item), [item]);
  const { slice, frame: time, ahead, step, setWhere } = useWhere(span);
  const [playing, setPlaying] = useState(false);
  const [invert, setInvert] = useState(false);
  const [view, setView] = useState<View>(FIT);
  const frames = useFrames(props);
  const { frame, failure, loading } = useFrame(frames, span.indexOf(slice, time), nearby(span, { slice, frame: time, ahead, playing }));
  const windowing = useWindow(item, frame);
  const orientation = useOrientation(props);
  const flips = useMemo(() => flipsFor(item.format, orientation), [item.format, orientation]);
  const aspect = useMemo(() => pixelAspect(item.spacingMm), [item.spacingMm]);
  const setFrame = useCallback((next: (frame: number) => number) => setWhere((now) => ({ ...now, frame: next(now.frame) })), [setWhere]);
  useCine({ playing, span, slice, time, frames, rate: cineRate(item), onFrame: setFrame });

  const zoom = (factor: number) => setView((now) => zoomed(now, { factor, x: 0, y: 0 }));
  const reset = () => {
    setView(FIT);
    setInvert(false);
    windowing.reset();
  };
  const act: Actions = {
    step,
    time: (by) => setFrame((now) => (now + by + span.frames) % span.frames),
    zoom,
    fit: () => setView(FIT),
    reset,
    invert: () => setInvert((now) => !now),
    play: () => span.frames > 1 && setPlaying((now) => !now),
    preset: (number) => windowing.choose(windowing.presets[number]?.id ?? ''),
  };
  const label = span.slices > 1 ? `${item.name}, slice ${slice + 1} of ${span.slices}` : item.name;
  return (
    <>
      <Toolbar windowing={windowing} invert={invert} onInvert={act.invert} onZoom={zoom} onFit={act.fit} onReset={reset} />
      <div className={css.screen} aria-busy={loading}>
        <Stage
          frame={failure ? undefined : frame}
          window={windowing.window}
          invert={invert}
          aspect={aspect}
          flips={flips}
          edges={edgesOf(orientation, flips)}
          view={view}
          unit={unitOf(item)}
          label={label}
          onView={setView}
          onStep={step}
          onWindow={windowing.drag}
          onKeyDown={(event) => press(event, act)}
        />
        {loading ? <Loading first={!frame} /> : null}
        {failure ? <Message {...failure} onRetry={frames.retry} /> : null}
      </div>
      <Slider
        name="Slice"
        value={slice}
        count={span.slices}
        onChange={(next) => setWhere({ slice: next, frame: time, ahead: next < slice ? -1 : 1 })}
      />
      <Slider name="Frame" value={time} count={span.frames} onChange={(next) => setFrame(() => next)}>
        <PlayButton playing={playing} onToggle={act.play} />
      </Slider>
    </>
  );
}

interface Actions {
  readonly step: (by: number) => void;
  readonly time: (by: number) => void;
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
  readonly reset: () => void;
  readonly invert: () => void;
  readonly play: () => void;
  /** 0-based. */
  readonly preset: (number: number) => void;
}

const KEYS: Readonly<Record<string, (act: Actions) => void>> = {
  ArrowUp: (act) => act.step(-1),
  ArrowDown: (act) => act.step(1),
  PageUp: (act) => act.step(-10),
  PageDown: (act) => act.step(10),
  Home: (act) => act.step(Number.NEGATIVE_INFINITY),
  End: (act) => act.step(Number.POSITIVE_INFINITY),
  ArrowLeft: (act) => act.time(-1),
  ArrowRight: (act) => act.time(1),
  '+': (act) => act.zoom(1.3),
  '-': (act) => act.zoom(1 / 1.3),
  '=': (act) => act.fit(),
  r: (act) => act.reset(),
  i: (act) => act.invert(),
  ' ': (act) => act.play(),
};

/** Keys of the picture; they stop here, so that single letters of the page stay quiet meanwhile. */
function press(event: KeyboardEvent, act: Actions): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const digit = /^[1-9]$/.test(event.key) ? Number(event.key) : 0;
  const key = KEYS[event.key];
  if (!key && !digit) return;
  event.preventDefault();
  event.stopPropagation();
  if (key) key(act);
  else act.preset(digit - 1);
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
function useCine({ playing, span, slice, time, frames, rate, onFrame }: Cine): void {
  useEffect(() => {
    if (!playing || span.frames < 2) return;
    const timer = setInterval(() => {
      const next = span.indexOf(slice, (time + 1) % span.frames);
      if (frames.peek(next) || frames.failure(next)) onFrame((now) => (now + 1) % span.frames);
    }, 1000 / rate);
    return () => clearInterval(timer);
  }, [playing, span, slice, time, frames, rate, onFrame]);
}

function Loading({ first }: { first: boolean }) {
  return (
    <div className={first ? css.skeleton : css.loading}>
      <span className={css.hidden}>Loading the image</span>
    </div>
  );
}

function Message({ because, code, onRetry }: Failure & { onRetry?: () => void }) {
  const gone = code === 'E-GONE';
  return (
    <div className={css.message} role="status">
      <p className={css.because}>
        {because} {code ? <code>{code}</code> : null}
      </p>
      {gone ? (
        <p>These files are on your computer and the browser may no longer read them. Choose the same folder again on the start page.</p>
      ) : null}
      {onRetry && !gone ? (
        <button type="button" className={css.textButton} onClick={onRetry}>
          Try again
        </button>
      ) : null}
    </div>
  );
}
