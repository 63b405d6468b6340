// The tabs of a run, the filters above them, and the item's panel beside them.
import { SegmentedControl, Tabs } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, Suspense } from 'react';
import type { Counting } from '../../charts/chart.ts';
import type { Row } from '../../core/row.ts';
import type { Run } from '../../core/run.ts';
import { FilesPage } from '../files/files-page.tsx';
import { ItemsPage } from '../items/items-page.tsx';
import type { Walk } from '../items/use-shown.ts';
import { count } from '../numbers.ts';
import { Overview } from '../overview/overview.tsx';
import { useKeys } from '../shell/use-keys.ts';
import { DisputeBar } from './dispute-bar.tsx';
import { FilterBar } from './filter-bar.tsx';
import { ReportPage } from './lazy-parts.tsx';
import styles from './run.module.css';
import type { Activity } from './run-state.ts';
import { useRunSearch } from './use-run-search.ts';

interface RunTabsProps {
  readonly run: Run;
  readonly all: readonly Row[];
  readonly loaded: boolean;
  /** How many pass the filters. */
  readonly passed: number;
  /** What the table shows, in order. */
  readonly shown: readonly Row[];
  readonly walk: Walk;
  readonly activity: Activity;
  readonly itemId: string | undefined;
  readonly details: ReactNode;
}

type View = 'overview' | 'items' | 'report' | 'files';

export function RunTabs({ run, all, loaded, passed, shown, walk, activity, itemId, details }: RunTabsProps) {
  const { search, change, filters, setFilters } = useRunSearch();
  const view: View = itemId ? 'items' : (search.view ?? 'overview');
  const navigate = useNavigate();
  // Also away from an open item, whose address is one level deeper.
  const go = (next: View) =>
    void navigate({
      to: '/r/$runId',
      params: { runId: run.id },
      search: { ...search, view: next === 'overview' ? undefined : next },
      resetScroll: false,
    });
  useKeys({ 1: () => go('overview'), 2: () => go('items'), 3: () => go('report'), x: filters.length ? () => setFilters([]) : undefined });
  const filtered = view === 'overview' || view === 'items';
  return (
    <Tabs value={view} onChange={(next) => go((next ?? 'overview') as View)} keepMounted={false} className={styles.tabs}>
      <div className={styles.tabRow}>
        <Tabs.List>
          <Tabs.Tab value="overview">Overview</Tabs.Tab>
          <Tabs.Tab value="items">
            Items
            <span aria-hidden="true" className={styles.tabCount}>
              {count(all.length)}
            </span>
          </Tabs.Tab>
          <Tabs.Tab value="report">Report</Tabs.Tab>
          {view === 'files' && <Tabs.Tab value="files">Files</Tabs.Tab>}
        </Tabs.List>
        {view === 'overview' && all.length > 0 && (
          <CountSwitch value={search.count ?? 'items'} onChange={(next) => change({ count: next === 'items' ? undefined : next })} />
        )}
      </div>
      {filtered && <DisputeBar rows={all} />}
      {filtered && <FilterBar rows={all} shown={passed} counted={view === 'overview'} />}
      <Tabs.Panel value="overview">
        <Overview run={run} rows={all} loaded={loaded} activity={activity} />
      </Tabs.Panel>
      <Tabs.Panel value="items">
        <div className={styles.split} data-open={details ? '' : undefined}>
          <ItemsPage run={run} shown={shown} walk={walk} of={all.length} loaded={loaded} itemId={itemId} />
          {details && <aside className={styles.panel}>{details}</aside>}
        </div>
      </Tabs.Panel>
      <Tabs.Panel value="report">
        <Suspense>
          <ReportPage runId={run.id} />
        </Suspense>
      </Tabs.Panel>
      <Tabs.Panel value="files">
        <FilesPage run={run} activity={activity} />
      </Tabs.Panel>
    </Tabs>
  );
}

function CountSwitch({ value, onChange }: { value: Counting; onChange(next: Counting): void }) {
  return (
    <div className={styles.countSwitch}>
      <span aria-hidden="true">Count</span>
      <SegmentedControl
        size="xs"
        aria-label="What is counted"
        value={value}
        onChange={(next) => onChange(next as Counting)}
        data={[
          { value: 'items', label: 'Items' },
          { value: 'images', label: 'Images' },
          { value: 'files', label: 'Files' },
        ]}
      />
    </div>
  );
}
