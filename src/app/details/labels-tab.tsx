// Labels with their reasons. A person may correct each; the machine's answer stays beside the correction.
import { Button, NativeSelect } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { correctedLabel } from '../../core/correction.ts';
import type { Label, Question } from '../../core/evidence.ts';
import type { Item } from '../../core/item.ts';
import type { Correction } from '../../core/run.ts';
import css from './details.module.css';
import { Found } from './found.tsx';
import type { Corrected } from './use-item.ts';
import { type Verdict, verdictOf } from './verdict.ts';
import { byVoice, choicesFor, inWords, leaning, QUESTION_NAMES, questionsFor, valueName } from './words.ts';

export function LabelsTab({ item, word }: { item: Item; word: Corrected }) {
  return (
    <div className={css.stack}>
      {questionsFor(item).map((question) => (
        <LabelCard
          key={question}
          question={question}
          machine={item.labels[question]}
          correction={word.corrections.get(question)}
          onCorrect={(value) => word.correct(question, value)}
        />
      ))}
      <Found item={item} word={word} />
    </div>
  );
}

interface LabelCardProps {
  readonly question: Question;
  readonly machine: Label | undefined;
  readonly correction: Correction | undefined;
  readonly onCorrect: (value: string | null) => void;
}

function LabelCard({ question, machine, correction, onCorrect }: LabelCardProps) {
  const label = correctedLabel(machine, correction);
  const name = QUESTION_NAMES[question];
  return (
    <section className={css.card} aria-label={name}>
      <div className={css.cardHead}>
        <h3 className={css.cardTitle}>{name}</h3>
        <NativeSelect
          size="xs"
          aria-label={`Correct ${name.toLowerCase()}`}
          className={css.correct}
          value={correction?.value ?? ''}
          onChange={(event) => onCorrect(event.currentTarget.value || null)}
          data={[{ value: '', label: correction ? 'Take back …' : 'Correct …' }, ...choicesFor(question, machine?.value)]}
        />
      </div>
      <p className={css.answer}>
        <strong>{valueName(question, label?.value ?? 'UNKNOWN')}</strong>
        {correction ? (
          <span className={css.yours}>corrected by you</span>
        ) : label ? (
          <Confidence label={label} />
        ) : (
          <span className={css.small}>Nothing that was read or looked at says it clearly.</span>
        )}
      </p>
      {correction ? (
        <p className={css.machine}>
          Found before: {valueName(question, machine?.value ?? 'UNKNOWN')}
          {machine && machine.value !== 'UNKNOWN' ? ` (${inWords(machine.confidence).toLowerCase()})` : ''}
          <Button size="compact-xs" variant="subtle" onClick={() => onCorrect(null)}>
            Undo
          </Button>
        </p>
      ) : null}
      {machine ? <Sentence verdict={verdictOf(question, machine)} /> : null}
      {label?.evidence.length ? <Evidences question={question} label={label} /> : null}
    </section>
  );
}

function Sentence({ verdict }: { verdict: Verdict }) {
  return <p className={verdict.tone === 'differ' ? css.conflict : css.verdict}>{unbroken(verdict.sentence)}</p>;
}

function Confidence({ label }: { label: Label }) {
  if (label.value === 'UNKNOWN') return null;
  return (
    <span className={css.confidence}>
      <span className={css.meter} aria-hidden="true">
        <span style={{ width: `${Math.round(label.confidence * 100)}%` }} />
      </span>
      {inWords(label.confidence)}
    </span>
  );
}

function Evidences({ question, label }: { question: Question; label: Label }) {
  return (
    <dl className={css.evidence}>
      {byVoice(label.evidence).map(({ name, pieces }) => (
        <div key={name}>
          <dt>{name}</dt>
          {pieces.map((piece) => (
            <dd key={`${piece.by}${piece.because}${piece.value}`}>
              <span>
                {unbroken(piece.because)} {piece.from === 'pixels' ? <CardLink id={piece.by} /> : null}
              </span>
              <span className={css.leaning}>{leaning(question, { piece, value: label.value })}</span>
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}

/** A figure and its per cent sign stay on one line. */
const unbroken = (text: string): string => text.replaceAll(' %', '\u00a0%');

/** What is known about the model that spoke. */
function CardLink({ id }: { id: string }) {
  return (
    <Link to="/models" hash={`model-${id}`} className={css.cardLink}>
      About this model
    </Link>
  );
}
