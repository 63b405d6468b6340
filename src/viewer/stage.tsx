// The picture itself: one canvas that paints the image in sight, and the hands on it.
import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { render, type Window } from '../core/display.ts';
import type { Frame } from './frames.ts';
import type { Layer } from './layers.ts';
import { OverlayCanvas } from './overlay-canvas.tsx';
import css from './slice-view.module.css';
import { type Edges, type Flips, imagePoint, matrixOf, place, type View, zoomed } from './stance.ts';
import { useGestures } from './use-gestures.ts';
import { valueAt } from './windows.ts';

export interface StageProps {
  /** Absent while nothing has arrived yet. */
  readonly frame: Frame | undefined;
  readonly window: Window;
  readonly invert: boolean;
  readonly aspect: readonly [number, number];
  readonly flips: Flips;
  readonly edges: Edges | undefined;
  readonly view: View;
  readonly unit: string;
  /** Masks over the image, and the slice of them that belongs to it; absent where there are none. */
  readonly over?: { readonly layers: readonly Layer[]; readonly slice: number; readonly fill: number } | undefined;
  /** What a screen reader says about it. */
  readonly label: string;
  readonly onView: (change: (view: View) => View) => void;
  readonly onStep: (slices: number) => void;
  readonly onWindow: (by: 'start' | { dx: number; dy: number; size: number }) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

export interface Box {
  readonly width: number;
  readonly height: number;
}

function useBox(target: RefObject<HTMLElement | null>): Box {
  const [box, setBox] = useState<Box>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = target.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setBox({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [target]);
  return box;
}

/** The image as RGBA on a canvas of its own size; made again only when the image or its window changes. */
function usePicture(frame: Frame | undefined, options: { window: Window; invert: boolean }): HTMLCanvasElement | undefined {
  const { center, width } = options.window;
  const { invert } = options;
  return useMemo(() => {
    if (!frame) return undefined;
    const { pixels } = frame;
    const canvas = document.createElement('canvas');
    canvas.width = pixels.columns;
    canvas.height = pixels.rows;
    const { rgba } = render({ pixels, frame: frame.frame, center, width, invert });
    const image = new ImageData(rgba, pixels.columns, pixels.rows);
    canvas.getContext('2d')?.putImageData(image, 0, 0);
    return canvas;
  }, [frame, center, width, invert]);
}

function paint(
  canvas: HTMLCanvasElement,
  {
    picture,
    box,
    aspect,
    flips,
    view,
  }: { picture: HTMLCanvasElement; box: Box; aspect: readonly [number, number]; flips: Flips; view: View },
): void {
  const ratio = globalThis.devicePixelRatio || 1;
  canvas.width = Math.round(box.width * ratio);
  canvas.height = Math.round(box.height * ratio);
  const context = canvas.getContext('2d');
  if (!context || !canvas.width) return;
  const size = { columns: picture.width, rows: picture.height };
  const { scaleX, scaleY } = place(size, { box, aspect, view });
  context.imageSmoothingEnabled = Math.max(scaleX, scaleY) < 6;
  context.imageSmoothingQuality = 'high';
  context.setTransform(...matrixOf(size, { box, aspect, view, flips, ratio }));
  context.drawImage(picture, 0, 0);
}

export function Stage(props: StageProps) {
  const { frame, aspect, flips, view, edges, unit } = props;
  const stage = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const box = useBox(stage);
  const picture = usePicture(frame, props);
  const [point, setPoint] = useState<{ x: number; y: number }>();

  useEffect(() => {
    if (canvas.current && picture) paint(canvas.current, { picture, box, aspect, flips, view });
  }, [picture, box, aspect, flips, view]);

  useGestures(stage, {
    onStep: props.onStep,
    onZoom: (by) => props.onView((now) => zoomed(now, by)),
    onPan: ({ dx, dy }) => props.onView((now) => ({ ...now, panX: now.panX + dx, panY: now.panY + dy })),
    onWindow: (by) => props.onWindow(by === 'start' ? by : { ...by, size: Math.max(box.width, 1) }),
    onPoint: setPoint,
  });

  const at =
    point && frame ? imagePoint(point, { placement: place(frame.pixels, { box, aspect, view }), size: frame.pixels, flips }) : undefined;
  const value = at && frame ? valueAt(frame, { ...at, unit }) : undefined;
  return (
    // A picture that takes keys of its own: arrows change slices (WAI-ARIA application role).
    // biome-ignore lint/a11y/noNoninteractiveTabindex: keys of the picture need the focus
    <div ref={stage} className={css.stage} role="application" aria-label={props.label} tabIndex={0} onKeyDown={props.onKeyDown}>
      <canvas ref={canvas} className={css.canvas} />
      {props.over && frame ? (
        <OverlayCanvas {...props.over} size={frame.pixels} box={box} aspect={aspect} flips={flips} view={view} />
      ) : null}
      {edges && frame ? <EdgeLetters edges={edges} /> : null}
      {at && value ? (
        <output className={css.value}>
          {Math.floor(at.x)}, {Math.floor(at.y)} · <strong>{value}</strong>
        </output>
      ) : null}
    </div>
  );
}

function EdgeLetters({ edges }: { edges: Edges }) {
  return (
    <div aria-hidden="true">
      <span className={`${css.edge} ${css.left}`}>{edges.left}</span>
      <span className={`${css.edge} ${css.right}`}>{edges.right}</span>
      <span className={`${css.edge} ${css.top}`}>{edges.top}</span>
      <span className={`${css.edge} ${css.bottom}`}>{edges.bottom}</span>
    </div>
  );
}
