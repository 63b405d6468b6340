// Wheel, mouse and fingers on the picture. One finger walks through slices, two zoom and move, a long press (or a mouse drag) sets the window.
import { type RefObject, useEffect, useRef } from 'react';

export interface Gestures {
  /** Slices forward (positive) or back. */
  readonly onStep: (slices: number) => void;
  /** Factor about a point in CSS pixels from the centre. */
  readonly onZoom: (by: { factor: number; x: number; y: number }) => void;
  readonly onPan: (by: { dx: number; dy: number }) => void;
  /** A window drag: `start` comes first, then the way from the start in CSS pixels. */
  readonly onWindow: (by: 'start' | { dx: number; dy: number }) => void;
  /** Where a mouse rests; undefined when it has left. */
  readonly onPoint: (at: { x: number; y: number } | undefined) => void;
}

type Mode = 'window' | 'pan' | 'step' | 'pinch';
interface Finger {
  x: number;
  y: number;
}
interface Drag {
  mode: Mode;
  startX: number;
  startY: number;
  lastX: number;
  lastY: number;
  rest: number;
  timer?: ReturnType<typeof setTimeout> | undefined;
}

const LONG_PRESS_MS = 450;
/** Finger travel for one slice, and wheel travel for one slice (a notch is 100 or 120, a trackpad sends many small ones). */
const STEP_PX = 12;
const WHEEL_PX = 60;

/** CSS pixels inside the element. */
function inside(element: HTMLElement, event: { clientX: number; clientY: number }): { x: number; y: number; fromX: number; fromY: number } {
  const box = element.getBoundingClientRect();
  const [x, y] = [event.clientX - box.left, event.clientY - box.top];
  return { x, y, fromX: x - box.width / 2, fromY: y - box.height / 2 };
}

function wheelListener(element: HTMLElement, gestures: RefObject<Gestures>): (event: WheelEvent) => void {
  let travelled = 0;
  return (event) => {
    event.preventDefault();
    const pixels = event.deltaMode === 1 ? event.deltaY * 40 : event.deltaY;
    if (event.ctrlKey || event.metaKey) {
      const { fromX, fromY } = inside(element, event);
      gestures.current.onZoom({ factor: Math.exp(-pixels / 300), x: fromX, y: fromY });
      return;
    }
    travelled += pixels;
    const slices = Math.trunc(travelled / WHEEL_PX);
    if (slices === 0) return;
    travelled = 0;
    gestures.current.onStep(Math.sign(slices) * Math.min(Math.abs(slices), 3));
  };
}

/** The state machine of fingers and mouse buttons. */
function pointerListeners(element: HTMLElement, gestures: RefObject<Gestures>) {
  const fingers = new Map<number, Finger>();
  let drag: Drag | undefined;

  const spread = () => {
    const [a, b] = [...fingers.values()];
    return a && b ? { size: Math.hypot(a.x - b.x, a.y - b.y), x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 } : undefined;
  };
  let pinch: ReturnType<typeof spread>;

  const beginWindow = () => {
    if (!drag) return;
    drag = { ...drag, mode: 'window', startX: drag.lastX, startY: drag.lastY };
    gestures.current.onWindow('start');
  };

  const modeOf = (event: PointerEvent): Mode => {
    if (event.pointerType === 'touch') return 'step';
    return event.button === 0 && !event.shiftKey ? 'window' : 'pan';
  };

  const down = (event: PointerEvent) => {
    element.setPointerCapture(event.pointerId);
    const { x, y, fromX, fromY } = inside(element, event);
    fingers.set(event.pointerId, { x: fromX, y: fromY });
    clearTimeout(drag?.timer);
    drag = { mode: modeOf(event), startX: x, startY: y, lastX: x, lastY: y, rest: 0 };
    pinch = spread();
    if (pinch) drag.mode = 'pinch';
    else if (drag.mode === 'window') beginWindow();
    else if (drag.mode === 'step') drag.timer = setTimeout(beginWindow, LONG_PRESS_MS);
  };

  const movePinch = () => {
    const now = spread();
    if (pinch && now && pinch.size > 0) {
      gestures.current.onPan({ dx: now.x - pinch.x, dy: now.y - pinch.y });
      gestures.current.onZoom({ factor: now.size / pinch.size, x: now.x, y: now.y });
    }
    pinch = now;
  };

  const step = (one: Drag, dy: number) => {
    one.rest += dy;
    const slices = Math.trunc(one.rest / STEP_PX);
    one.rest -= slices * STEP_PX;
    if (slices) gestures.current.onStep(slices);
  };

  const move = (event: PointerEvent) => {
    const { x, y, fromX, fromY } = inside(element, event);
    if (event.pointerType === 'mouse') gestures.current.onPoint({ x, y });
    if (!fingers.has(event.pointerId) || !drag) return;
    fingers.set(event.pointerId, { x: fromX, y: fromY });
    const [dx, dy] = [x - drag.lastX, y - drag.lastY];
    if (Math.hypot(x - drag.startX, y - drag.startY) > 8) clearTimeout(drag.timer);
    if (drag.mode === 'pinch') movePinch();
    else if (drag.mode === 'window') gestures.current.onWindow({ dx: x - drag.startX, dy: y - drag.startY });
    else if (drag.mode === 'pan') gestures.current.onPan({ dx, dy });
    else step(drag, dy);
    drag.lastX = x;
    drag.lastY = y;
  };

  const up = (event: PointerEvent) => {
    fingers.delete(event.pointerId);
    clearTimeout(drag?.timer);
    drag = undefined;
    pinch = undefined;
  };

  const leave = () => gestures.current.onPoint(undefined);
  return { pointerdown: down, pointermove: move, pointerup: up, pointercancel: up, pointerleave: leave } as const;
}

/** Attaches the gestures to an element for its life. React's own wheel listeners are passive and could not keep the page still. */
export function useGestures(target: RefObject<HTMLElement | null>, gestures: Gestures): void {
  const latest = useRef(gestures);
  latest.current = gestures;
  useEffect(() => {
    const element = target.current;
    if (!element) return;
    const ended = new AbortController();
    const { signal } = ended;
    element.addEventListener('wheel', wheelListener(element, latest), { passive: false, signal });
    element.addEventListener('contextmenu', (event) => event.preventDefault(), { signal });
    for (const [name, on] of Object.entries(pointerListeners(element, latest))) {
      element.addEventListener(name as 'pointerdown', on, { signal });
    }
    return () => ended.abort();
  }, [target]);
}
