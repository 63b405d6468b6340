// Region *Item details*: one item, seen (View), explained and corrected (Labels), read (Tags) and traced to its bytes (Files).
import { ActionIcon, Skeleton, Tabs } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useCallback, useRef, useState } from 'react';
import { formatName } from '../../charts/names.ts';
import { differences } from '../../core/agreement.ts';
import { corrected } from '../../core/correction.ts';
import type { Item } from '../../core/item.ts';
import { SliceView } from '../../viewer/slice-view.tsx';
import { type Overlay, useOverlay } from '../../viewer/use-overlay.ts';
import { bytes, counted } from '../numbers.ts';
import { useServices } from '../services.tsx';
import { useKeys } from '../shell/use-keys.ts';
import css from './details.module.css';
import { FilesTab } from './files-tab.tsx';
import { Found } from './found.tsx';
import { LabelsTab } from './labels-tab.tsx';
import { LookNow } from './look-now.tsx';
import { MaskExports } from './mask-exports.tsx';
import { ProjectionPanel } from './projection-panel.tsx';
import { TagsTab } from './tags-tab.tsx';
import { type Drawn, useDrawn } from './use-drawn.ts';
import { type Corrected, useCorrections, useItem } from './use-item.ts';
import { QUESTION_NAMES, valueName } from './words.ts';

export interface ItemDetailsProps {
  readonly runId: string;
  readonly itemId: string;
  readonly onClose: () => void;
  readonly onPrev?: (() => void) | undefined;
  readonly onNext?: (() => void) | undefined;
}

export function ItemDetails({ runId, itemId, onClose, onPrev, onNext }: ItemDetailsProps) {
  const { store } = useServices();
  const [tab, setTab] = useState<string | null>('view');
  const found = useItem(store, { runId, itemId });
  const word = useCorrections(store, { runId, itemId });
  const item = found.state === 'here' ? found.value : undefined;
  const overlay = useOverlay({ store, runId, item }, useFill());
  const drawn = useDrawn(runId, item);
  const marked = overlay.layers.length > 0;
  useKeys({
    m: marked ? overlay.switchAll : undefined,
    n: marked ? () => overlay.goOn(1) : undefined,
    N: marked ? () => overlay.goOn(-1) : undefined,
  });
  const name = found.state === 'here' ? found.value.name : found.state === 'missing' ? 'Not here' : 'Loading …';
  return (
    <section aria-label="Item details" className={css.details}>
      <header className={css.head}>
        <h2 className={css.name} title={name}>
          {name}
        </h2>
        <div className={css.buttons}>
          <HeadButton name="Previous item" keys="k" path="M14 6l-6 6 6 6" onClick={onPrev} />
          <HeadButton name="Next item" keys="j" path="M10 6l6 6-6 6" onClick={onNext} />
          <HeadButton name="Close details" keys="Esc" path="M6 6l12 12M18 6L6 18" onClick={onClose} />
        </div>
      </header>
      {found.state === 'waiting' ? <Skeleton height={360} mt="sm" /> : null}
      {found.state === 'missing' ? (
        <p className={css.quiet}>This item is no longer part of the run. It may have been joined with another one.</p>
      ) : null}
      {item ? <Body key={item.id} runId={runId} item={item} word={word} overlay={overlay} drawn={drawn} tab={tab} onTab={setTab} /> : null}
    </section>
  );
}

interface HeadButtonProps {
  readonly name: string;
  readonly keys: string;
  readonly path: string;
  /** Without it the button is there, so that the others keep their place, but does nothing. */
  readonly onClick: (() => void) | undefined;
}

function HeadButton({ name, keys, path, onClick }: HeadButtonProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={name}
      title={`${name}  (${keys})`}
      disabled={!onClick}
      onClick={onClick}
      className={css.headButton}
    >
      <svg
        viewBox="0 0 24 24"
        width="20"
        height="20"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        <path d={path} />
      </svg>
    </ActionIcon>
  );
}

/** How strong the fill of outlines is; kept on this device. */
const useFill = () => {
  const [fill, setFill] = useLocalStorage({ key: 'medley-outline-fill', defaultValue: 0.25, getInitialValueInEffect: false });
  return [typeof fill === 'number' ? Math.min(1, Math.max(0, fill)) : 0.25, setFill] as const;
};

interface BodyProps {
  readonly runId: string;
  readonly item: Item;
  readonly word: Corrected;
  readonly overlay: Overlay;
  readonly drawn: Drawn;
  /** Kept while walking from item to item. */
  readonly tab: string | null;
  onTab(tab: string | null): void;
}

function Body({ runId, item, word, overlay, drawn, tab, onTab }: BodyProps) {
  const { store, jobs } = useServices();
  const shown = corrected(item, new Map([[item.id, word.corrections]]));
  // No state: nothing is drawn anew for it but the menu, when it opens.
  const seen = useRef<number>(undefined);
  const see = useCallback((slice: number) => {
    seen.current = slice;
  }, []);
  return (
    <>
      <Chips item={shown} />
      <Tabs value={tab} onChange={onTab} keepMounted={false} className={css.tabs}>
        <Tabs.List aria-label="Parts of the details" className={css.tabList}>
          <Tabs.Tab value="view">View</Tabs.Tab>
          <Tabs.Tab value="labels">Labels</Tabs.Tab>
          <Tabs.Tab value="tags">Tags</Tabs.Tab>
          <Tabs.Tab value="files">Files</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="view" className={css.panel}>
          <div className={css.seen}>
            <div className={css.viewer}>
              <SliceView runId={runId} item={item} store={store} jobs={jobs} overlay={overlay} onSeen={see} />
            </div>
            <Found item={item} word={word} overlay={overlay}>
              {drawn.state === 'reading' ? <p className={css.small}>Reading the masks that came with the data …</p> : null}
              {drawn.state === 'failed' ? (
                <p className={css.small}>The masks that came with the data are not drawn: {drawn.because}</p>
              ) : null}
              <LookNow runId={runId} item={item} />
              <MaskExports runId={runId} item={item} seen={seen} />
            </Found>
          </div>
          <ProjectionPanel runId={runId} item={item} overlay={overlay} />
          <Facts item={item} />
        </Tabs.Panel>
        <Tabs.Panel value="labels" className={css.panel}>
          <LabelsTab item={item} word={word} />
        </Tabs.Panel>
        <Tabs.Panel value="tags" className={css.panel}>
          <TagsTab runId={runId} item={item} />
        </Tabs.Panel>
        <Tabs.Panel value="files" className={css.panel}>
          <FilesTab runId={runId} item={item} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

/** The three answers at a glance; what is corrected or disputed says so. */
function Chips({ item }: { item: Item }) {
  const conflict = Object.values(item.labels).some((label) => label?.conflict);
  const differ = Boolean(differences(item.labels)?.length);
  const questions = (['dimension', 'modality', 'anatomy', 'sequence'] as const).filter(
    (question) => (item.labels[question]?.value ?? 'UNKNOWN') !== 'UNKNOWN',
  );
  return (
    <ul className={css.chips} aria-label="Labels in short">
      {questions.map((question) => (
        <li key={question} className={css.chip}>
          {question === 'dimension' ? item.labels.dimension.value : valueName(question, item.labels[question]?.value ?? '')}
        </li>
      ))}
      {item.features
        .filter((feature) => feature.present)
        .map((feature) => (
          <li key={feature.kind} className={css.chip}>
            {QUESTION_NAMES[feature.kind]}
          </li>
        ))}
      {differ ? (
        <li className={css.warnChip}>Header and picture disagree</li>
      ) : conflict ? (
        <li className={css.warnChip}>Evidence disagrees</li>
      ) : null}
    </ul>
  );
}

function Facts({ item }: { item: Item }) {
  const spacing = item.spacingMm?.map((mm) => Number(mm.toPrecision(4))).join(' × ');
  const facts: readonly (readonly [string, string])[] = [
    ['Size', item.shape.join(' × ')],
    ...(spacing ? [['Spacing', `${spacing} mm`] as const] : []),
    ['Stored', `${item.stored.bits} bits${item.stored.samples > 1 ? `, ${item.stored.samples} samples a pixel` : ''}`],
    ['Format', formatName(item.format)],
    ['Files', `${counted(item.parts.length, 'file')}${item.bytes === null ? '' : `, ${bytes(item.bytes)}`}`],
  ];
  return (
    <>
      <dl className={css.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {item.warnings.length ? (
        <ul className={css.warnings} aria-label="Warnings">
          {item.warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
