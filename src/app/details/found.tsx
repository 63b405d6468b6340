// Region *Found*: for each kind what was found or why nobody looked, by whom, how large, and a person's word on it.
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { foundColour } from '../../charts/colour.ts';
import type { FeatureState } from '../../charts/field.ts';
import { corrected, FEATURE_ANSWERS } from '../../core/correction.ts';
import { FEATURE_KINDS, type Feature, type FeatureKind } from '../../core/evidence.ts';
import type { Item } from '../../core/item.ts';
import { isOurs } from '../../core/mask.ts';
import type { Correction } from '../../core/run.ts';
import type { Overlay } from '../../viewer/use-overlay.ts';
import { FeatureSign } from './feature-sign.tsx';
import { NOTICE, outlinesOf, routedFrom, stateInWords, stateOfFeature } from './feature-words.ts';
import css from './found.module.css';
import { Outlines } from './found-outlines.tsx';
import { MakerLink } from './maker-link.tsx';
import type { Corrected } from './use-item.ts';
import { QUESTION_NAMES } from './words.ts';

export interface FoundProps {
  readonly item: Item;
  readonly word: Corrected;
  /** Of the picture beside it; absent where there is none. */
  readonly overlay?: Overlay | undefined;
  /** Below the list: what may be done with it. */
  readonly children?: ReactNode;
}

export function Found({ item, word, overlay, children }: FoundProps) {
  const { features } = corrected(item, new Map([[item.id, word.corrections]]));
  const organs = outlinesOf(item, 'organ');
  return (
    <section className={css.found} aria-labelledby="found">
      <header className={css.head}>
        <h3 id="found">Found</h3>
        <p className={css.notice}>{NOTICE}</p>
      </header>
      {word.problem ? (
        <p role="alert" className={css.problem}>
          {word.problem}
        </p>
      ) : null}
      <ul className={css.kinds}>
        {inOrder(item.features).map((kind) => {
          const feature = features.find((one) => one.kind === kind);
          return feature ? (
            <Kind
              key={kind}
              item={item}
              feature={feature}
              machine={item.features.find((one) => one.kind === kind)}
              correction={word.corrections.get(kind)}
              overlay={overlay}
              onCorrect={(value) => word.correct(kind, value)}
            />
          ) : null;
        })}
      </ul>
      {organs.length ? (
        <section className={css.organs} aria-label="Organs and other masks">
          <h4>{organs.every(({ outline }) => isOurs(outline)) ? 'Organs outlined' : 'Organs and other masks'}</h4>
          <Outlines item={item} outlines={organs} overlay={overlay} />
        </section>
      ) : null}
      {children ? <div className={css.foot}>{children}</div> : null}
    </section>
  );
}

const FIRST: readonly FeatureState[] = ['present', 'unsure', 'absent', 'unexamined'];

/** What was found comes first. By the machine's word, so that nothing moves under the finger that corrects it. */
function inOrder(features: readonly Feature[]): readonly FeatureKind[] {
  const rank = (kind: FeatureKind): number => {
    const feature = features.find((one) => one.kind === kind);
    return FIRST.indexOf(feature ? stateOfFeature(feature) : 'unexamined');
  };
  return [...FEATURE_KINDS].sort((a, b) => rank(a) - rank(b));
}

interface KindProps {
  readonly item: Item;
  /** With a person's word on top. */
  readonly feature: Feature;
  readonly machine: Feature | undefined;
  readonly correction: Correction | undefined;
  readonly overlay: Overlay | undefined;
  onCorrect(value: string | null): void;
}

function Kind({ item, feature, machine, correction, overlay, onCorrect }: KindProps) {
  const { kind } = feature;
  const { state, name, sure } = stateInWords(feature);
  const title = `found-${kind}`;
  return (
    <li className={css.kind} aria-labelledby={title} data-state={state}>
      <div className={css.kindHead}>
        <FeatureSign state={state} colour={foundColour(kind)} />
        <h4 id={title}>{QUESTION_NAMES[kind]}</h4>
        <p className={css.state}>
          <strong>{name}</strong>
          {sure ? <span> · {sure}</span> : null}
          {correction ? <span className={css.yours}>your word</span> : null}
        </p>
      </div>
      {correction ? <Before machine={machine} onUndo={() => onCorrect(null)} /> : <Why item={item} feature={feature} />}
      <Outlines item={item} outlines={outlinesOf(item, kind)} overlay={overlay} />
      <Answers kind={kind} value={correction?.value ?? undefined} onCorrect={onCorrect} />
    </li>
  );
}

function Why({ item, feature }: { item: Item; feature: Feature }) {
  const { examined, by, why } = feature;
  const from = routedFrom(item);
  return (
    <p className={css.why}>
      {why}
      {examined && by && isModel(by) && !item.outlines?.some((outline) => outline.by === by && outline.kind === feature.kind) ? (
        <>
          {' '}
          <MakerLink by={by} />
        </>
      ) : null}
      {from && examined && isModel(by) ? <span className={css.routed}>The picture is taken for: {from}.</span> : null}
    </p>
  );
}

/** Who looked at the picture is named by its id; headers and files speak in words. */
const isModel = (by: string | null): boolean => by !== null && /^[a-z][a-z0-9-]*$/.test(by) && by !== 'user';

/** What the machine had said, and the way back to it. */
function Before({ machine, onUndo }: { machine: Feature | undefined; onUndo: () => void }) {
  const before = machine ? stateInWords(machine) : undefined;
  return (
    <p className={css.why}>
      Before: {before ? before.name.toLowerCase() : 'not examined'}
      {before?.sure ? ` (${before.sure.toLowerCase()})` : ''}{' '}
      <Button size="compact-xs" variant="subtle" onClick={onUndo}>
        Undo
      </Button>
    </p>
  );
}

const ANSWER_NAMES: Readonly<Record<(typeof FEATURE_ANSWERS)[number], string>> = { yes: 'Yes', no: 'No', unsure: 'Not sure' };
const ASKED: Readonly<Record<FeatureKind, string>> = {
  tumour: 'Is there a tumour?',
  lesion: 'Is there another lesion?',
  vessels: 'Does it show vessels?',
};

function Answers({ kind, value, onCorrect }: { kind: FeatureKind; value: string | undefined; onCorrect(value: string | null): void }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame of its own
    <div role="group" aria-label={ASKED[kind]} className={css.answers}>
      <span aria-hidden="true">{ASKED[kind]}</span>
      {FEATURE_ANSWERS.map((answer) => (
        <button
          key={answer}
          type="button"
          className={css.answer}
          aria-pressed={value === answer}
          onClick={() => onCorrect(value === answer ? null : answer)}
        >
          {ANSWER_NAMES[answer]}
        </button>
      ))}
    </div>
  );
}
