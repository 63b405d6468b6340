// What the store knows of one item, kept up to date: the item, its corrections, and the record of one of its files.
import { useCallback, useEffect, useState } from 'react';
import { standing } from '../../core/correction.ts';
import type { FileRecord, Item } from '../../core/item.ts';
import type { Correction } from '../../core/run.ts';
import type { Store } from '../../core/store.ts';

export type Found<T> = { readonly state: 'waiting' } | { readonly state: 'missing' } | { readonly state: 'here'; readonly value: T };

const WAITING = { state: 'waiting' } as const;
const MISSING = { state: 'missing' } as const;

/** The item before stays until the next one has come, so that walking does not flicker. */
export function useItem(store: Store, { runId, itemId }: { runId: string; itemId: string }): Found<Item> {
  const [found, setFound] = useState<Found<Item>>(WAITING);
  useEffect(() => {
    let alive = true;
    const look = () =>
      store.item(runId, itemId).then(
        (item) => alive && setFound(item ? { state: 'here', value: item } : MISSING),
        () => alive && setFound(MISSING),
      );
    const off = store.watch(runId, (change) => {
      if (change.kind !== 'items') return;
      const newer = change.items.find((item) => item.id === itemId);
      if (newer) setFound({ state: 'here', value: newer });
      else if (change.gone.includes(itemId)) setFound(MISSING);
    });
    void look();
    return () => {
      alive = false;
      off();
    };
  }, [store, runId, itemId]);
  return found;
}

export interface Corrected {
  /** Question → the correction that holds. */
  readonly corrections: ReadonlyMap<string, Correction>;
  /** Why the last one could not be kept. */
  readonly problem?: string | undefined;
  /** null takes a correction back. */
  correct(question: string, value: string | null): void;
}

const NONE: ReadonlyMap<string, Correction> = new Map();

export function useCorrections(store: Store, { runId, itemId }: { runId: string; itemId: string }): Corrected {
  const [corrections, setCorrections] = useState(NONE);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let alive = true;
    setCorrections(NONE);
    const look = () =>
      store.corrections(runId).then(
        (all) => alive && setCorrections(standing(all).get(itemId) ?? NONE),
        () => undefined,
      );
    const off = store.watch(runId, (change) => {
      if (change.kind === 'correction' && change.correction.itemId === itemId) void look();
    });
    void look();
    return () => {
      alive = false;
      off();
    };
  }, [store, runId, itemId]);
  const correct = useCallback(
    (question: string, value: string | null) => {
      const correction: Correction = { itemId, question, value, at: new Date().toISOString() };
      setProblem(undefined);
      store.correct(runId, correction).catch((thrown: unknown) => {
        setProblem(thrown instanceof Error && thrown.message ? thrown.message : 'The correction could not be kept.');
      });
    },
    [store, runId, itemId],
  );
  return { corrections, problem, correct };
}

export function useFileRecord(store: Store, { runId, path }: { runId: string; path: string | undefined }): Found<FileRecord> {
  const [found, setFound] = useState<Found<FileRecord>>(WAITING);
  useEffect(() => {
    let alive = true;
    setFound(path === undefined ? MISSING : WAITING);
    if (path !== undefined) {
      void store.file(runId, path).then(
        (file) => alive && setFound(file ? { state: 'here', value: file } : MISSING),
        () => alive && setFound(MISSING),
      );
    }
    return () => {
      alive = false;
    };
  }, [store, runId, path]);
  return found;
}
