// Every tag of one file, as its format reads it: searchable, sequences open and close, long lists drawn only where they are seen.
import { Button, NumberInput, Skeleton, TextInput } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { TagNode } from '../../core/format.ts';
import type { FileRecord, Item } from '../../core/item.ts';
import { count } from '../numbers.ts';
import { type Services, useServices } from '../services.tsx';
import { Copy } from './copy.tsx';
import css from './details.module.css';
import { allKeys, type TagLine, tagLines } from './tag-lines.ts';
import { type Found, useFileRecord } from './use-item.ts';

type Tags =
  | { readonly state: 'waiting' }
  | { readonly state: 'here'; readonly nodes: readonly TagNode[] }
  | { readonly state: 'failed'; readonly because: string };

function useTags({ jobs, store }: Services, { runId, record }: { runId: string; record: Found<FileRecord> }): Tags {
  const [tags, setTags] = useState<Tags>({ state: 'waiting' });
  useEffect(() => {
    if (record.state === 'missing') setTags({ state: 'failed', because: 'Nothing is known of this file any more.' });
    if (record.state !== 'here') return;
    const control = new AbortController();
    setTags({ state: 'waiting' });
    jobs.tags({ file: record.value, store, runId, signal: control.signal }).then(
      (nodes) => !control.signal.aborted && setTags({ state: 'here', nodes }),
      (thrown: { because?: string } | undefined) => {
        if (!control.signal.aborted) setTags({ state: 'failed', because: thrown?.because ?? 'The tags of this file could not be read.' });
      },
    );
    return () => control.abort();
  }, [jobs, store, runId, record]);
  return tags;
}

export function TagsTab({ runId, item }: { runId: string; item: Item }) {
  const services = useServices();
  const { store } = services;
  const [number, setNumber] = useState(item.parts.length >> 1);
  const [search, setSearch] = useState('');
  const path = item.parts[number]?.path;
  const tags = useTags(services, { runId, record: useFileRecord(store, { runId, path }) });
  return (
    <div className={css.stack}>
      {item.parts.length > 1 ? (
        <div className={css.fileChoice}>
          <NumberInput
            label={`File, 1 to ${count(item.parts.length)}`}
            size="sm"
            w={150}
            min={1}
            max={item.parts.length}
            clampBehavior="strict"
            value={number + 1}
            onChange={(value) => typeof value === 'number' && value >= 1 && setNumber(value - 1)}
          />
          <span className={css.path}>{path}</span>
        </div>
      ) : null}
      <TextInput
        type="search"
        aria-label="Search tags"
        placeholder="Search by name, number or value"
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {tags.state === 'waiting' ? <Skeleton height={320} /> : null}
      {tags.state === 'failed' ? <p className={css.problem}>{tags.because}</p> : null}
      {tags.state === 'here' ? <TagTree key={path} nodes={tags.nodes} search={search} /> : null}
    </div>
  );
}

function TagTree({ nodes, search }: { nodes: readonly TagNode[]; search: string }) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const lines = useMemo(() => tagLines(nodes, { closed, search }), [nodes, closed, search]);
  const nested = useMemo(() => nodes.some((node) => node.items), [nodes]);
  const toggle = (key: string) =>
    setClosed((now) => {
      const next = new Set(now);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  if (nodes.length === 0) return <p className={css.quiet}>This format keeps no tags.</p>;
  return (
    <>
      <div className={css.treeHead}>
        <span role="status" className={css.small}>
          {search ? `${count(lines.length)} lines match` : `${count(nodes.length)} tags`}
        </span>
        {nested && !search ? (
          <Button size="compact-xs" variant="subtle" onClick={() => setClosed(closed.size ? new Set() : new Set(allKeys(nodes)))}>
            {closed.size ? 'Open all sequences' : 'Close all sequences'}
          </Button>
        ) : null}
      </div>
      {lines.length ? <Lines lines={lines} onToggle={toggle} /> : <p className={css.quiet}>No tag matches “{search}”.</p>}
    </>
  );
}

function Lines({ lines, onToggle }: { lines: readonly TagLine[]; onToggle: (key: string) => void }) {
  const scroller = useRef<HTMLUListElement>(null);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 46,
    overscan: 12,
    getItemKey: (index) => lines[index]?.key ?? index,
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keys
    <ul ref={scroller} className={css.tree} tabIndex={0} aria-label="Tags of the file">
      <li aria-hidden="true" style={{ height: rows.getTotalSize() }} />
      {rows.getVirtualItems().map((row) => {
        const line = lines[row.index];
        return line ? (
          <li
            key={row.key}
            ref={rows.measureElement}
            data-index={row.index}
            aria-setsize={lines.length}
            aria-posinset={row.index + 1}
            className={css.line}
            style={{ transform: `translateY(${row.start}px)`, paddingInlineStart: 10 + Math.min(line.depth, 12) * 16 }}
          >
            <LineCells line={line} onToggle={onToggle} />
          </li>
        ) : null;
      })}
    </ul>
  );
}

function LineCells({ line, onToggle }: { line: TagLine; onToggle: (key: string) => void }) {
  const name = line.keyword || line.tag;
  return (
    <>
      <div className={css.tagName}>
        {line.holds === undefined ? (
          <span>{name}</span>
        ) : (
          <button type="button" className={css.twist} aria-expanded={line.open} onClick={() => onToggle(line.key)}>
            <span aria-hidden="true" className={line.open ? css.open : css.shut}>
              ▸
            </span>
            {name}
          </button>
        )}
        {line.tag && (line.tag !== name || line.vr) ? (
          <span className={css.tagNumber}>{[line.tag === name ? '' : line.tag, line.vr].filter(Boolean).join(' ')}</span>
        ) : null}
      </div>
      <div className={css.tagValue}>
        {line.holds === undefined ? line.value : line.tag ? `${count(line.holds)} ${line.holds === 1 ? 'item' : 'items'}` : ''}
      </div>
      <div className={css.tagCopy}>{line.value ? <Copy what={`value of ${name}`} text={line.value} /> : null}</div>
    </>
  );
}
