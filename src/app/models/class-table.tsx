// How well a model answers one question, class by class, on sources that its training never saw. Classes known from few sources say so.
import type { CardOutput, MeasuredOutput } from '../../core/card.ts';
import { QUESTION_NAMES, shortValue } from '../details/words.ts';
import { count, share } from '../numbers.ts';
import css from './models.module.css';

/** Fewer whole sources than this say little about foreign pictures. */
const ENOUGH_SOURCES = 3;

type MeasuredClass = MeasuredOutput['classes'][number];

const isThin = ({ sources }: MeasuredClass): boolean => sources < ENOUGH_SOURCES;

/** Best first; those known from few sources after them, because their number means less. */
export function inOrder(classes: readonly MeasuredClass[]): readonly MeasuredClass[] {
  return [...classes].sort((a, b) => Number(isThin(a)) - Number(isThin(b)) || (b.accuracy ?? -1) - (a.accuracy ?? -1));
}

export function ClassTable({ output, measured }: { output: CardOutput; measured: MeasuredOutput | undefined }) {
  const name = QUESTION_NAMES[output.question];
  const id = `measured-${output.name}-${output.question}`;
  return (
    <section className={css.output} aria-labelledby={id}>
      <h4 id={id}>{name}</h4>
      {measured ? <Measured output={output} measured={measured} /> : <Unmeasured output={output} />}
    </section>
  );
}

function Measured({ output, measured }: { output: CardOutput; measured: MeasuredOutput }) {
  const classes = inOrder(measured.classes);
  const thin = classes.some((one) => isThin(one) && one.accuracy !== null);
  const taught = classes.some(({ taughtAccuracy }) => taughtAccuracy !== null) && measured.taught !== undefined;
  return (
    <>
      <p className={css.headline}>
        <strong>{share(measured.macroAccuracy)}</strong> right, the mean over classes with at least {ENOUGH_SOURCES} sources. How sure it
        says it is, is off by {(measured.ece * 100).toFixed(1)} points on average (expected calibration error {measured.ece.toFixed(3)}). It
        says nothing below {share(output.answerFrom)}.
        {measured.rejectionAuroc !== undefined &&
          ` Pictures that are not medical are told from those that are with an area under the curve of ${measured.rejectionAuroc.toFixed(3)}.`}
      </p>
      {measured.taught && (
        <p className={css.small}>
          Where taught ({share(measured.taught.macroAccuracy)} right
          {measured.taught.ece !== null && `, off by ${(measured.taught.ece * 100).toFixed(1)} points`}): pictures whose kind another source
          had shown in training.
        </p>
      )}
      <table className={css.classes} aria-label={`${QUESTION_NAMES[output.question]}: accuracy by class`}>
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col">Right</th>
            {taught && <th scope="col">Where taught</th>}
            <th scope="col">Sources</th>
            <th scope="col">Images</th>
          </tr>
        </thead>
        <tbody>
          {classes.map((one) => (
            <ClassRow key={one.label} output={output} measured={one} taught={taught} />
          ))}
        </tbody>
      </table>
      {thin && (
        <p className={css.small}>
          Thin: known from fewer than {ENOUGH_SOURCES} sources; such a figure says little about pictures from elsewhere.
        </p>
      )}
    </>
  );
}

function ClassRow({ output, measured, taught }: { output: CardOutput; measured: MeasuredClass; taught: boolean }) {
  const { label, value, accuracy, taughtAccuracy, sources, images } = measured;
  return (
    <tr data-thin={isThin(measured) || undefined}>
      <th scope="row">
        {label}
        <span className={css.small}>{value === null ? ' · never answered' : meaning(output, { label, value })}</span>
        {accuracy === null ? <span className={css.thin}>not measured</span> : isThin(measured) && <span className={css.thin}>thin</span>}
      </th>
      <td>
        <span className={css.bar} aria-hidden="true">
          <span style={{ width: `${(accuracy ?? 0) * 100}%` }} />
        </span>
        <span className={css.figure}>{accuracy === null ? '–' : share(accuracy)}</span>
      </td>
      {taught && <td>{taughtAccuracy === null ? '–' : share(taughtAccuracy)}</td>}
      <td>{count(sources)}</td>
      <td>{count(images)}</td>
    </tr>
  );
}

/** What a label stands for, where it does not say so itself. */
function meaning({ question }: CardOutput, { label, value }: { label: string; value: string }): string {
  const name = shortValue(question, value);
  return label.toLowerCase() === name.toLowerCase() ? '' : ` · ${name}`;
}

function Unmeasured({ output }: { output: CardOutput }) {
  return (
    <>
      <p className={css.small}>How well it does was not measured. It says nothing below {share(output.answerFrom)}.</p>
      <ul className={css.plainClasses}>
        {output.classes.map(({ label, value }) => (
          <li key={label}>
            {label} <span className={css.small}>{value === null ? 'never answered' : `→ ${shortValue(output.question, value)}`}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
