// The masks over the picture: a canvas of their own, so that a new window does not draw them again, nor they the picture.
import { useEffect, useRef } from 'react';
import type { Pixels } from '../core/pixels.ts';
import type { Contour } from './contour.ts';
import type { Layer } from './layers.ts';
import css from './slice-view.module.css';
import { type Flips, matrixOf, type View } from './stance.ts';

interface OverlayCanvasProps {
  /** From the one that is drawn first to the one on top; only those to be seen. */
  readonly layers: readonly Layer[];
  readonly slice: number;
  /** Strength of the fill, 0–1. */
  readonly fill: number;
  readonly size: Pick<Pixels, 'columns' | 'rows'>;
  readonly box: { readonly width: number; readonly height: number };
  readonly aspect: readonly [number, number];
  readonly flips: Flips;
  readonly view: View;
}

/** Beyond, the dark rim below the line costs more than it tells. */
const RIM_CORNERS = 8000;
/** Names on the picture itself; with more of them nothing could be seen. */
const NAMES = 6;

export function OverlayCanvas(props: OverlayCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { layers, slice, fill, size, box, aspect, flips, view } = props;
  const { columns, rows } = size;
  useEffect(() => {
    if (canvas.current) draw(canvas.current, { layers, slice, fill, size: { columns, rows }, box, aspect, flips, view });
  }, [layers, slice, fill, columns, rows, box, aspect, flips, view]);
  return <canvas ref={canvas} className={css.overlay} />;
}

function draw(canvas: HTMLCanvasElement, props: OverlayCanvasProps): void {
  const { layers, slice, box, size } = props;
  const ratio = globalThis.devicePixelRatio || 1;
  canvas.width = Math.round(box.width * ratio);
  canvas.height = Math.round(box.height * ratio);
  const context = canvas.getContext('2d');
  if (!context || !canvas.width) return;
  const matrix = new DOMMatrix([...matrixOf(size, { ...props, ratio })]);
  // A mask of another grid than the image has (series of mixed sizes) would lie in the wrong place.
  const here = layers.filter(({ mask }) => mask.columns === size.columns && mask.rows === size.rows);
  const drawn = here.flatMap((layer) => {
    const contour = layer.contour(slice);
    if (contour) outline(context, { layer, contour, matrix, fill: props.fill, ratio });
    return contour ? [{ layer, contour }] : [];
  });
  const named = drawn.filter(({ layer }) => layer.mask.kind !== 'vessels').slice(-NAMES);
  const taken: Taken[] = [];
  // The ones on top choose their place first.
  for (const one of named.toReversed()) name(context, { ...one, matrix, ratio, taken });
}

const paths = new WeakMap<Contour, Path2D>();

function pathOf(contour: Contour): Path2D {
  const known = paths.get(contour);
  if (known) return known;
  const path = new Path2D();
  for (const loop of contour.loops) {
    path.moveTo(loop[0] ?? 0, loop[1] ?? 0);
    for (let at = 2; at < loop.length; at += 2) path.lineTo(loop[at] ?? 0, loop[at + 1] ?? 0);
    path.closePath();
  }
  paths.set(contour, path);
  return path;
}

interface Outlining {
  readonly layer: Layer;
  readonly contour: Contour;
  readonly matrix: DOMMatrix;
  readonly fill: number;
  readonly ratio: number;
}

/** The line keeps its width at every zoom: the path is transformed, not the pen. */
function outline(context: CanvasRenderingContext2D, { layer, contour, matrix, fill, ratio }: Outlining): void {
  const path = new Path2D();
  path.addPath(pathOf(contour), matrix);
  if (fill > 0) {
    // An organ is the ground on which findings lie.
    context.globalAlpha = layer.mask.kind === 'organ' ? fill * 0.4 : fill;
    context.fillStyle = layer.colour;
    context.fill(path, 'nonzero');
    context.globalAlpha = 1;
  }
  context.lineJoin = 'round';
  if (contour.corners <= RIM_CORNERS) {
    context.setLineDash([]);
    context.strokeStyle = 'rgb(0 0 0 / 55%)';
    context.lineWidth = (layer.line + 2) * ratio;
    context.stroke(path);
  }
  context.setLineDash(layer.dash.map((length) => length * ratio));
  context.strokeStyle = layer.colour;
  context.lineWidth = layer.line * ratio;
  context.stroke(path);
}

interface Taken {
  readonly left: number;
  readonly right: number;
  /** Base line. */
  readonly base: number;
}

interface Naming {
  readonly layer: Layer;
  readonly contour: Contour;
  readonly matrix: DOMMatrix;
  readonly ratio: number;
  /** Where names stand already; this one is added. */
  readonly taken: Taken[];
}

/** At its upper edge on the screen, kept inside the canvas and off other names. */
function name(context: CanvasRenderingContext2D, { layer, contour, matrix, ratio, taken }: Naming): void {
  const size = 12 * ratio;
  context.font = `600 ${size}px system-ui, sans-serif`;
  const { x, y } = matrix.transformPoint(contour.top);
  const { width } = context.measureText(layer.name);
  const { canvas } = context;
  if (x < -width || x > canvas.width + width || y < 0 || y > canvas.height) return;
  const left = Math.min(Math.max(4 * ratio, x - width / 2), canvas.width - width - 4 * ratio);
  // Upside down, its first row is the lowest on the screen: then the name stands below it.
  const away = matrix.d < 0 ? 1 : -1;
  let base = away > 0 ? y + size + 4 * ratio : y - 6 * ratio;
  const isTaken = (one: Taken): boolean => Math.abs(one.base - base) < size * 1.1 && left < one.right && one.left < left + width;
  for (let step = 0; step < NAMES && taken.some(isTaken); step++) base += away * size * 1.2;
  base = Math.min(Math.max(size + 2 * ratio, base), canvas.height - 4 * ratio);
  if (taken.some(isTaken)) return;
  taken.push({ left, right: left + width, base });
  context.setLineDash([]);
  context.lineJoin = 'round';
  context.strokeStyle = 'rgb(0 0 0 / 80%)';
  context.lineWidth = 3 * ratio;
  context.strokeText(layer.name, left, base);
  context.fillStyle = layer.colour;
  context.fillText(layer.name, left, base);
}
