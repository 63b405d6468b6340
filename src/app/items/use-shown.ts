// What the table shows, in its order, and the way from one item to the next: the same for the table, the keys, and an item's own page.
import { useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useMemo } from 'react';
import type { Row } from '../../core/row.ts';
import { passing } from '../run/filters.ts';
import { useRunSearch } from '../run/use-run-search.ts';
import { orderOf } from './order.ts';
import { useOrdered } from './use-ordered.ts';

/** Rows that pass search and are in order; `rows` as they are while no table and no item is open. */
export function useShown(rows: readonly Row[], wanted: boolean): readonly Row[] {
  const { search } = useRunSearch();
  const text = useDeferredValue(search.q);
  const order = useMemo(() => orderOf(search.sort), [search.sort]);
  const found = useMemo(() => (wanted ? passing(rows, { filters: [], text }) : rows), [rows, text, wanted]);
  return useOrdered(found, wanted ? order : undefined);
}

export interface Walk {
  /** undefined: back to the table. */
  open(id: string | undefined): void;
  /** The first item where none is open; undefined at the end. */
  readonly next: (() => void) | undefined;
  readonly previous: (() => void) | undefined;
}

export function useWalk(shown: readonly Row[], options: { itemId: string | undefined; narrow: boolean }): Walk {
  const { itemId, narrow } = options;
  const { search, runId } = useRunSearch();
  const navigate = useNavigate();
  const at = useMemo(() => (itemId === undefined ? -1 : shown.findIndex((row) => row.id === itemId)), [shown, itemId]);
  const open = (id: string | undefined) => {
    const next = { ...search, view: 'items' as const };
    if (id === undefined) void navigate({ to: '/r/$runId', params: { runId }, search: next, resetScroll: false });
    else {
      const replace = itemId !== undefined;
      void navigate({ to: '/r/$runId/i/$itemId', params: { runId, itemId: id }, search: next, replace, resetScroll: narrow });
    }
  };
  const to = (row: Row | undefined) => row && (() => open(row.id));
  return { open, next: to(shown[at + 1]), previous: at < 0 ? undefined : to(shown[at - 1]) };
}
