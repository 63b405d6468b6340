// The files of an item and where their bytes are: link, archives, byte ranges, and the masks that belong to it.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import type { FileRecord, Item } from '../../core/item.ts';
import { bytes, count, counted } from '../numbers.ts';
import { useServices } from '../services.tsx';
import { Copy } from './copy.tsx';
import css from './details.module.css';
import { provenance } from './provenance.ts';
import { useFileRecord } from './use-item.ts';

export function FilesTab({ runId, item }: { runId: string; item: Item }) {
  const total = item.bytes === null ? 'size unknown' : bytes(item.bytes);
  return (
    <div className={css.stack}>
      <p className={css.small}>
        {counted(item.parts.length, 'file')}, {total}
      </p>
      <Parts key={item.id} runId={runId} paths={item.parts.map((part) => part.path)} images={item.parts.map((part) => part.images)} />
      {item.masks.length ? (
        <section aria-label="Masks" className={css.stack}>
          <h3 className={css.cardTitle}>Masks that belong to it</h3>
          <ul className={css.masks}>
            {item.masks.map((path) => (
              <li key={path}>
                <FileCard runId={runId} path={path} open={false} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}

function Parts({ runId, paths, images }: { runId: string; paths: readonly string[]; images: readonly number[] }) {
  const scroller = useRef<HTMLUListElement>(null);
  const rows = useVirtualizer({
    count: paths.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (index ? 50 : 240),
    overscan: 8,
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keys
    <ul ref={scroller} className={css.parts} tabIndex={0} aria-label="Files of the item">
      <li aria-hidden="true" style={{ height: rows.getTotalSize() }} />
      {rows.getVirtualItems().map((row) => (
        <li
          key={row.key}
          ref={rows.measureElement}
          data-index={row.index}
          aria-setsize={paths.length}
          aria-posinset={row.index + 1}
          className={css.part}
          style={{ transform: `translateY(${row.start}px)` }}
        >
          <FileCard runId={runId} path={paths[row.index] ?? ''} images={images[row.index]} open={row.index === 0} />
        </li>
      ))}
    </ul>
  );
}

function FileCard({ runId, path, images = 1, open: atFirst }: { runId: string; path: string; images?: number | undefined; open: boolean }) {
  const { store } = useServices();
  const [open, setOpen] = useState(atFirst);
  const found = useFileRecord(store, { runId, path });
  const record = found.state === 'here' ? found.value : undefined;
  const size = record?.bytes === null || record?.bytes === undefined ? '' : bytes(record.bytes);
  return (
    <div className={css.file}>
      <div className={css.fileHead}>
        <button type="button" className={css.twist} aria-expanded={open} onClick={() => setOpen(!open)}>
          <span aria-hidden="true" className={open ? css.open : css.shut}>
            ▸
          </span>
          <span className={css.path}>{path}</span>
        </button>
        <span className={css.small}>{[size, images > 1 ? counted(images, 'image') : ''].filter(Boolean).join(' · ')}</span>
        <Copy what="path" text={path} />
      </div>
      {open && record ? <FileFacts record={record} /> : null}
      {open && found.state === 'missing' ? <p className={css.small}>Nothing more is known of this file.</p> : null}
    </div>
  );
}

function FileFacts({ record }: { record: FileRecord }) {
  const warnings = record.header?.warnings ?? [];
  return (
    <dl className={css.facts}>
      {provenance(record).map((step, index) => (
        <div key={index} className={step.value.length > 40 ? css.wide : undefined}>
          <dt>{step.name}</dt>
          <dd>{step.href ? <a href={step.href}>{step.value}</a> : step.value}</dd>
        </div>
      ))}
      {record.bytes === null ? null : <Fact name="Size" value={`${count(record.bytes)} bytes`} />}
      {record.because ? <Fact name="What it is" value={record.because} /> : null}
      {record.pixelSha256 ? <Fact name="SHA-256 of the pixels" value={record.pixelSha256} /> : null}
      {warnings.map((warning) => (
        <Fact key={warning} name="Warning" value={warning} />
      ))}
    </dl>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div className={value.length > 40 ? css.wide : undefined}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
