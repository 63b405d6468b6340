// React's side of the layers: the masks of one item, loaded from the store, and what of them is to be seen. Kept above the viewer, so that
// a list of what was found beside it can switch and point.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Item } from '../core/item.ts';
import type { Store } from '../core/store.ts';
import { type Layer, layersOf } from './layers.ts';

export interface Overlay {
  /** From the one that is drawn first to the one on top. */
  readonly layers: readonly Layer[];
  /** The item has outlines, and their masks are not here yet. */
  readonly waiting: boolean;
  /** All of them at once. */
  readonly on: boolean;
  /** Ids of layers that are switched off. */
  readonly hidden: ReadonlySet<string>;
  /** Strength of the fill, 0–1. */
  readonly fill: number;
  /** Where to go; a new object for every wish. */
  readonly wish: Wish | undefined;
  switchAll(): void;
  switchOne(id: string): void;
  /** Switches one on, and all of them if they are off. */
  reveal(id: string): void;
  setFill(fill: number): void;
  /** To this slice, or frame of a cine. */
  goTo(slice: number): void;
  /** To the next marked one, or back. */
  goOn(by: 1 | -1): void;
}

type Wish = { readonly slice: number } | { readonly by: 1 | -1 };

const NO_LAYERS: readonly Layer[] = [];
const NOTHING: ReadonlySet<string> = new Set();

interface Loaded {
  readonly itemId: string;
  readonly outlines: Item['outlines'];
  readonly layers: readonly Layer[];
}

/** Masks of the item; loaded again when its outlines change. Those that cannot be had are none. */
function useLayers({ store, runId, item }: OverlayPlace): { layers: readonly Layer[]; waiting: boolean } {
  const [loaded, setLoaded] = useState<Loaded>();
  const { id, outlines } = item ?? {};
  useEffect(() => {
    if (id === undefined || !outlines?.length) return;
    let alive = true;
    const keep = (layers: readonly Layer[]) => alive && setLoaded({ itemId: id, outlines, layers });
    store.masks(runId, id).then(
      (masks) => keep(layersOf(masks)),
      () => keep(NO_LAYERS),
    );
    return () => {
      alive = false;
    };
  }, [store, runId, id, outlines]);
  if (!outlines?.length) return { layers: NO_LAYERS, waiting: false };
  // While an item's outlines are renewed the former ones stay.
  return loaded && loaded.itemId === id ? { layers: loaded.layers, waiting: false } : { layers: NO_LAYERS, waiting: true };
}

interface OverlayPlace {
  readonly store: Pick<Store, 'masks'>;
  readonly runId: string;
  /** Undefined while it is not known yet. */
  readonly item: Item | undefined;
}

/** `fill`: how strong it is and how to change that, kept by the page. Switches stay as they are from item to item. */
export function useOverlay(place: OverlayPlace, [fill, setFill]: readonly [number, (fill: number) => void]): Overlay {
  const { layers, waiting } = useLayers(place);
  const [on, setOn] = useState(true);
  const [hidden, setHidden] = useState(NOTHING);
  const [wish, setWish] = useState<{ readonly itemId: string; readonly wish: Wish }>();
  const itemId = place.item?.id;
  const latest = useRef({ itemId, on });
  latest.current = { itemId, on };
  const switchAll = useCallback(() => setOn((now) => !now), []);
  const reveal = useCallback((id: string) => {
    setHidden((now) => new Set([...now].filter((one) => one !== id)));
    setOn(true);
  }, []);
  const switchOne = useCallback(
    (id: string) => {
      // While all are off, one that is asked for is wanted.
      if (!latest.current.on) return reveal(id);
      setHidden((now) => {
        const next = new Set(now);
        if (!next.delete(id)) next.add(id);
        return next;
      });
    },
    [reveal],
  );
  const ask = useCallback((next: Wish) => {
    if (latest.current.itemId !== undefined) setWish({ itemId: latest.current.itemId, wish: next });
  }, []);
  const goTo = useCallback((slice: number) => ask({ slice }), [ask]);
  const goOn = useCallback((by: 1 | -1) => ask({ by }), [ask]);
  // A wish for the item before is none for this one.
  const wished = wish?.itemId === itemId ? wish?.wish : undefined;
  return useMemo(
    () => ({ layers, waiting, on, hidden, fill, wish: wished, switchAll, switchOne, reveal, setFill, goTo, goOn }),
    [layers, waiting, on, hidden, fill, wished, switchAll, switchOne, reveal, setFill, goTo, goOn],
  );
}

/** Those to be seen now. */
export const shownLayers = ({ layers, on, hidden }: Overlay): readonly Layer[] =>
  on ? layers.filter(({ id }) => !hidden.has(id)) : NO_LAYERS;
