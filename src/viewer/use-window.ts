// The window in force: a preset by name, or what a person has dragged. Found once per preset, so that it does not flicker from slice to slice.
import { useMemo, useRef, useState } from 'react';
import { autoWindow, type Window } from '../core/display.ts';
import type { Item } from '../core/item.ts';
import type { Frame } from './frames.ts';
import { dragged, firstPreset, type Preset, presetsFor, windowOf } from './windows.ts';

export interface WindowState {
  readonly window: Window;
  readonly presets: readonly Preset[];
  /** Id of the preset in force; `custom` after a drag. */
  readonly chosen: string;
  choose(id: string): void;
  drag(by: 'start' | { dx: number; dy: number; size: number }): void;
  reset(): void;
}

/** The percentiles, whatever window the file names. */
const auto = ({ pixels, frame }: Frame): Window => autoWindow({ ...pixels, windowCenter: undefined, windowWidth: undefined }, frame);
const NOTHING: Window = { center: 127.5, width: 255 };
const NO_PRESETS: readonly Preset[] = [];

export function useWindow(item: Item, frame: Frame | undefined): WindowState {
  const [chosen, setChosen] = useState<{ id: string; window: Window }>();
  const first = useRef<Frame | undefined>(undefined);
  first.current ??= frame;
  const start = first.current;
  const latest = useRef(frame);
  latest.current = frame ?? latest.current;

  const initial = useMemo(() => {
    if (!start) return { id: 'auto', window: NOTHING };
    const preset = firstPreset(item, start.pixels);
    const grey = presetsFor(item, start.pixels).length > 0;
    return { id: preset.id, window: grey ? windowOf(preset, { frame: start, auto }) : auto(start) };
  }, [item, start]);
  const presets = useMemo(() => (start ? presetsFor(item, start.pixels) : NO_PRESETS), [item, start]);

  const now = chosen ?? initial;
  const dragStart = useRef(now.window);
  return {
    window: now.window,
    presets,
    chosen: now.id,
    choose(id) {
      const preset = presets.find((one) => one.id === id);
      if (preset && latest.current) setChosen({ id, window: windowOf(preset, { frame: latest.current, auto }) });
    },
    drag(by) {
      if (presets.length === 0) return;
      if (by === 'start') dragStart.current = now.window;
      else setChosen({ id: 'custom', window: dragged(dragStart.current, by) });
    },
    reset: () => setChosen(undefined),
  };
}
