// Every file of a run with what became of it, and why some could not be read.
import { SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { baseName } from '../../core/entry.ts';
import type { FileStatus } from '../../core/item.ts';
import type { Run } from '../../core/run.ts';
import { bytes, count } from '../numbers.ts';
import { type Activity, isOver } from '../run/run-state.ts';
import { useRunSearch } from '../run/use-run-search.ts';
import styles from './files.module.css';
import { type FileRow, STATUS_NAMES, useFiles } from './use-files.ts';

const ROW_PX = 60;
/** On phones reasons take two lines. */
const CARD_PX = 84;
const ORDER: readonly FileStatus[] = ['unreadable', 'skipped', 'image', 'mask', 'container', 'non-image'];

export function FilesPage({ run, activity }: { run: Run; activity: Activity }) {
  const { search, change } = useRunSearch();
  const { data } = useFiles(run, true);
  const status = ORDER.find((one) => one === search.status) ?? 'all';
  const shown = useMemo(() => data?.files.filter((file) => status === 'all' || file.status === status) ?? [], [data, status]);
  if (!data) return <p className={styles.wait}>Reading the list of files…</p>;
  const choices = ORDER.filter((one) => data.counts.has(one) || one === status);
  return (
    <section aria-label="Files" className={styles.page}>
      <div className={styles.head}>
        <SegmentedControl
          size="sm"
          className={styles.choices}
          aria-label="Status"
          value={status}
          onChange={(next) => change({ status: next === 'all' ? undefined : next })}
          data={[
            { value: 'all', label: `All ${count(data.files.length)}` },
            ...choices.map((one) => ({ value: one, label: `${STATUS_NAMES[one]} ${count(data.counts.get(one) ?? 0)}` })),
          ]}
        />
        {!isOver(activity) && <span className={styles.soFar}>so far</span>}
      </div>
      {shown.length ? <FileList run={run} files={shown} /> : <p className={styles.wait}>No file has this status.</p>}
    </section>
  );
}

function FileList({ run, files }: { run: Run; files: readonly FileRow[] }) {
  const box = useRef<HTMLDivElement>(null);
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const height = narrow ? CARD_PX : ROW_PX;
  const rows = useVirtualizer({ count: files.length, getScrollElement: () => box.current, estimateSize: () => height, overscan: 8 });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <div ref={box} className={styles.list} tabIndex={0}>
      <ul style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const file = files[index];
          return file && <FileLine key={file.path} run={run} file={file} place={{ index, of: files.length, start, height }} />;
        })}
      </ul>
    </div>
  );
}

interface Place {
  readonly index: number;
  readonly of: number;
  /** Pixels from the top of the list. */
  readonly start: number;
  readonly height: number;
}

function FileLine({ run, file, place }: { run: Run; file: FileRow; place: Place }) {
  const style = { height: place.height, transform: `translateY(${place.start}px)` };
  return (
    <li aria-posinset={place.index + 1} aria-setsize={place.of} className={styles.line} style={style}>
      <span className={styles.path} title={file.path}>
        {file.item ? (
          <Link to="/r/$runId/i/$itemId" params={{ runId: run.id, itemId: file.item }}>
            <Path path={file.path} />
          </Link>
        ) : (
          <Path path={file.path} />
        )}
      </span>
      <span className={styles.status} data-status={file.status}>
        {STATUS_NAMES[file.status]}
      </span>
      <span className={styles.size}>{file.bytes === null ? '' : bytes(file.bytes)}</span>
      {(file.because || file.code) && (
        <span className={styles.why} title={file.because}>
          {file.because} {file.code && <code>{file.code}</code>}
        </span>
      )}
    </li>
  );
}

/** The folder steps back behind the name. */
function Path({ path }: { path: string }) {
  const name = baseName(path);
  return (
    <>
      <span className={styles.folder}>{path.slice(0, path.length - name.length)}</span>
      {name}
    </>
  );
}
