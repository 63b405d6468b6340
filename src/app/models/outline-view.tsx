// One network that outlines, for people: what it looks for, in which images, how well, where it learnt that, its limits, its file, and its speed here.
import type { OutlineModel } from '../../core/models-setting.ts';
import { counted } from '../numbers.ts';
import { SourcesOf, WeightsOf } from './model-view.tsx';
import css from './models.module.css';
import { SpeedTest } from './speed-test.tsx';
import { TaskTable } from './task-table.tsx';
import { WeightsState } from './weights-state.tsx';

export function OutlineView({ model, humanUrl }: { model: OutlineModel; humanUrl: string }) {
  const { card } = model;
  const title = `title-${card.id}`;
  const asked = card.tasks.filter(({ examines }) => examines).length;
  return (
    <article className={css.model} id={`model-${card.id}`} aria-labelledby={title}>
      <header className={css.modelHead}>
        <div>
          <h3 id={title}>{card.title}</h3>
          <p className={css.small}>
            {card.id}, version {card.version} · outlines · {counted(card.tasks.length, 'task')}, {asked} asked ·{' '}
            <WeightsState model={model} />
          </p>
        </div>
      </header>
      {card.summary && <p>{card.summary}</p>}
      <p className={css.notice}>{card.notice}</p>
      <SpeedTest model={model} />
      {card.begunFrom && <p className={css.small}>Training began from: {card.begunFrom}.</p>}
      {card.how && <p className={css.small}>{card.how}</p>}
      <TaskTable card={card} />
      <SourcesOf data={card.data} />
      {card.limits.length > 0 && (
        <section>
          <h4>Limits</h4>
          <ul className={css.list}>
            {card.limits.map((limit) => (
              <li key={limit}>{limit}</li>
            ))}
          </ul>
        </section>
      )}
      <WeightsOf card={card} humanUrl={humanUrl} />
    </article>
  );
}
