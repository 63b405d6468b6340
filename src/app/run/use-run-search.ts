// The address of a run as state: tab, filters, search text, order, what is counted.
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { type Filter, filtersOf, switched, textOf } from './filters.ts';
import type { RunSearch } from './run-search.ts';

const route = getRouteApi('/r/$runId');

export function useRunSearch() {
  const search = route.useSearch();
  const { runId } = route.useParams();
  const navigate = useNavigate();
  const change = useCallback(
    (part: Partial<RunSearch>, options?: { push?: boolean }) =>
      void navigate({ to: '.', search: (before: RunSearch) => ({ ...before, ...part }), replace: !options?.push, resetScroll: false }),
    [navigate],
  );
  const filters = useMemo(() => filtersOf(search.f), [search.f]);
  const setFilters = useCallback((next: readonly Filter[]) => change({ f: next.length ? next.map(textOf) : undefined }), [change]);
  const toggle = useCallback((filter: Filter) => setFilters(switched(filters, filter)), [filters, setFilters]);
  return { search, runId, change, filters, setFilters, toggle };
}
