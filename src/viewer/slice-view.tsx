// One item, slice by slice, on a canvas of our own. No volume rendering, no tools: those come with the large viewer.
import { useEffect, useMemo, useRef, useState } from 'react';
import { gridOf } from '../core/item-grid.ts';
import { NextMarked, PlayButton, Slider, Toolbar } from './controls.tsx';
import type { Failure } from './frames.ts';
import { type Actions, press } from './keys.ts';
import { OverlayBar } from './overlay-bar.tsx';
import { SliceMarks } from './slice-marks.tsx';
import css from './slice-view.module.css';
import { cineRate, spanOf } from './span.ts';
import { Stage } from './stage.tsx';
import { edgesOf, FIT, flipsFor, pixelAspect, type View, zoomed } from './stance.ts';
import { nearby, type Place, useFrame, useFrames, useOrientation } from './use-frames.ts';
import { type Overlay, shownLayers } from './use-overlay.ts';
import { useCine, useWhere } from './use-where.ts';
import { useWindow } from './use-window.ts';
import { unitOf } from './windows.ts';

export interface SliceViewProps extends Place {
  /** Its masks, and what of them is to be seen. */
  readonly overlay: Overlay;
  /** Told which slice of its masks is shown, or frame of a cine. */
  readonly onSeen?: ((slice: number) => void) | undefined;
}

/** Region *Viewer*: the image on which most is marked first, else the middle one. */
export function SliceView(props: SliceViewProps) {
  const { item } = props;
  return (
    <section aria-label="Viewer" className={css.viewer}>
      {item.undecoded !== undefined ? (
        <Message because={item.undecoded} />
      ) : props.overlay.waiting ? (
        // Where to begin is not known yet; it takes a few milliseconds.
        <div className={css.screen} aria-busy="true" />
      ) : (
        <Slices key={`${props.runId}/${item.id}`} {...props} />
      )}
    </section>
  );
}

function Slices(props: SliceViewProps) {
  const { item, overlay, onSeen } = props;
  const span = useMemo(() => spanOf(item), [item]);
  // Slices of a mask are frames of a cine.
  const { cine } = useMemo(() => gridOf(item), [item]);
  const { slice, frame: time, ahead, marked, step, goTo, goOn, setFrame } = useWhere({ span, cine, overlay });
  const [playing, setPlaying] = useState(false);
  const [invert, setInvert] = useState(false);
  const [view, setView] = useState<View>(FIT);
  const frames = useFrames(props);
  const { frame, failure, loading } = useFrame(frames, span.indexOf(slice, time), nearby(span, { slice, frame: time, ahead, playing }));
  const windowing = useWindow(item, frame);
  const orientation = useOrientation(props);
  const flips = useMemo(() => flipsFor(item.format, orientation), [item.format, orientation]);
  const aspect = useMemo(() => pixelAspect(item.spacingMm), [item.spacingMm]);
  useCine({ playing, span, slice, time, frames, rate: cineRate(item), onFrame: setFrame });
  const layers = useMemo(() => shownLayers(overlay), [overlay]);
  // The image before stays until the next has come, and so do its outlines.
  const settled = useRef(marked);
  if (!loading) settled.current = marked;
  useEffect(() => onSeen?.(marked), [onSeen, marked]);

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
    outlines: overlay.switchAll,
    marked: goOn,
  };
  const strip = (count: number) => <SliceMarks layers={layers} count={count} onJump={goTo} />;
  const jump = layers.length ? <NextMarked what={cine ? 'frame' : 'slice'} onJump={() => goOn(1)} /> : null;
  const note = listed(layers.filter(({ counts }) => counts[marked]).map(({ name }) => name));
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
          over={layers.length ? { layers, slice: settled.current, fill: overlay.fill } : undefined}
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
        onChange={(next) => step(next - slice)}
        marks={cine ? null : strip(span.slices)}
        note={cine ? undefined : note}
      >
        {cine ? null : jump}
      </Slider>
      <Slider
        name="Frame"
        value={time}
        count={span.frames}
        onChange={(next) => setFrame(() => next)}
        marks={cine ? strip(span.frames) : null}
        note={cine ? note : undefined}
      >
        <PlayButton playing={playing} onToggle={act.play} />
        {cine ? jump : null}
      </Slider>
      <OverlayBar overlay={overlay} />
    </>
  );
}

/** What a screen reader says of a slice: "marked: Polyp, Liver". */
const listed = (names: readonly string[]): string | undefined => (names.length ? `marked: ${names.join(', ')}` : undefined);

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
