// Something of the store, read again whenever it changes. Changes during a read are never lost, and never pile up.
import { useEffect, useState } from 'react';

/** Rest between two reads: a run that is worked on changes many times a second. */
const REST_MS = 120;

interface Kept<T> {
  load(): Promise<T>;
  /** Calls `on` at every change; answers how to stop. */
  watch(on: () => void): () => void;
}

/** `kept` must be stable (useMemo). Undefined until the first read. */
export function useFresh<T>(kept: Kept<T>): T | undefined {
  const [value, setValue] = useState<T>();
  useEffect(() => keepFresh(kept, setValue), [kept]);
  return value;
}

/** Answers how to stop. */
export function keepFresh<T>(kept: Kept<T>, on: (value: T) => void): () => void {
  let closed = false;
  let busy = false;
  let dirty = false;
  const refresh = async () => {
    dirty = true;
    if (busy) return;
    busy = true;
    while (dirty && !closed) {
      dirty = false;
      const value = await kept.load();
      if (!closed) on(value);
      if (dirty) await new Promise((done) => setTimeout(done, REST_MS));
    }
    busy = false;
  };
  const unwatch = kept.watch(() => void refresh());
  void refresh();
  return () => {
    closed = true;
    unwatch();
  };
}
