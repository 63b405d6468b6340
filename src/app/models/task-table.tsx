// What a network looks for, task by task: in which images, whether it is asked, and how well it did on images that its training never saw.
import { foundColour } from '../../charts/colour.ts';
import type { OutlineCard, OutlineTask, Route } from '../../core/outline-card.ts';
import { listed, shortValue } from '../details/words.ts';
import { count, counted, share } from '../numbers.ts';
import css from './models.module.css';

/** "MR of the brain (FLAIR)"; no part of the body named: any. */
export function routeInWords({ modality, anatomy, sequence = [] }: Route): string {
  const what = either(modality.map((value) => shortValue('modality', value)));
  const where = either(anatomy.map((value) => shortValue('anatomy', value)));
  const how = sequence.map((value) => (value === 'UNKNOWN' ? 'sequence unknown' : value));
  return `${what}${where ? `, ${where}` : ''}${how.length ? ` (${either(how)})` : ''}`;
}

const either = (names: readonly string[]): string => listed(names).replace(/ and (?=[^,]*$)/, ' or ');

/** Those that are asked first, the best of them at the top. */
export function inOrder(tasks: readonly OutlineTask[]): readonly OutlineTask[] {
  return [...tasks].sort(
    (a, b) =>
      Number(b.examines) - Number(a.examines) || (b.measured.dice ?? -1) - (a.measured.dice ?? -1) || a.title.localeCompare(b.title),
  );
}

const KIND_NAMES: Readonly<Record<OutlineTask['kind'], string>> = {
  tumour: 'tumour',
  lesion: 'lesion',
  vessels: 'vessels',
  organ: 'organ, not charted',
};

export function TaskTable({ card }: { card: OutlineCard }) {
  return (
    <section className={css.tasksWrap} aria-labelledby={`tasks-${card.id}`}>
      <h4 id={`tasks-${card.id}`}>What it looks for</h4>
      <p className={css.small}>
        Dice: how well its outline covers the one that a specialist drew, 0 to 1. AUROC: how well it tells images with the finding from
        those without, 0.5 to 1. False alarms: of the images without it. All on sources, or patients, that its training never saw.
      </p>
      <table className={css.tasks} aria-label={`Tasks of ${card.title}`}>
        <thead>
          <tr>
            <th scope="col" className={css.task}>
              Task
            </th>
            <th scope="col">Dice</th>
            <th scope="col">AUROC</th>
            <th scope="col">False alarms</th>
            <th scope="col">Images</th>
          </tr>
        </thead>
        <tbody>
          {inOrder(card.tasks).map((task) => (
            <Task key={task.id} task={task} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Task({ task }: { task: OutlineTask }) {
  const { title, kind, routes, examines, why, measured, from } = task;
  const { dice, auroc, falseAlarms, images, negatives, sources, leftOut } = measured;
  const needed = from.anatomy > 0 ? `${share(from.modality)} and ${share(from.anatomy)}` : share(from.modality);
  return (
    <tr data-silent={examines ? undefined : true}>
      <th scope="row" className={css.task}>
        <span className={css.kindDot} style={{ background: foundColour(kind) }} aria-hidden="true" />
        <strong>{title}</strong> <span className={css.small}>{KIND_NAMES[kind]}</span>
        {examines ? null : <span className={css.thin}>not asked</span>}
        <span className={css.route}>{routes.map(routeInWords).join('; ')}</span>
        <span className={css.route}>
          {examines
            ? `Asked where labels are at least ${needed} sure.${why ? ` ${why}` : ''}`
            : (why ?? 'It did not do well enough on images that its training never saw.')}
        </span>
      </th>
      <td data-label="Dice">
        {dice === null ? (
          'not measured'
        ) : (
          <>
            <span className={css.bar} aria-hidden="true">
              <span style={{ width: `${dice * 100}%` }} />
            </span>
            <span className={css.figure}>{dice.toFixed(2)}</span>
          </>
        )}
      </td>
      <td data-label="AUROC">{auroc === null ? '–' : auroc.toFixed(3)}</td>
      <td data-label="False alarms">{falseAlarms === null ? '–' : share(falseAlarms)}</td>
      <td data-label="Images" title={sources.join(', ')}>
        {count(images)}
        {negatives > 0 ? <span className={css.small}> + {count(negatives)} without</span> : null}
        {images > 0 ? (
          <span className={css.route}>{leftOut === 'sources' ? `${counted(sources.length, 'source')} left out` : 'patients left out'}</span>
        ) : null}
      </td>
    </tr>
  );
}
