// One model for people: what it answers and how well, where it learnt that, its limits, its file, and how fast it is here.
import type { ReactNode } from 'react';
import type { CardData, ModelCard } from '../../core/card.ts';
import type { OwnModel } from '../../core/models-setting.ts';
import { Copy } from '../details/copy.tsx';
import { listed, QUESTION_NAMES } from '../details/words.ts';
import { bytes, count, counted } from '../numbers.ts';
import { ClassTable } from './class-table.tsx';
import css from './models.module.css';
import { SpeedTest } from './speed-test.tsx';
import { TryPicture } from './try-picture.tsx';
import { WeightsState } from './weights-state.tsx';

interface ModelViewProps {
  readonly model: OwnModel;
  /** A page about it for people. */
  readonly humanUrl?: string | undefined;
  /** What a person brought is called own:<id> in evidence and reports. */
  readonly own?: boolean;
  /** Buttons beside its name. */
  readonly children?: ReactNode;
}

export function ModelView({ model, humanUrl, own, children }: ModelViewProps) {
  const { card } = model;
  const questions = card.outputs.map(({ question }) => QUESTION_NAMES[question].toLowerCase());
  const by = own ? `own:${card.id}` : card.id;
  const title = `title-${by}`;
  return (
    <article className={css.model} id={`model-${by}`} aria-labelledby={title}>
      <header className={css.modelHead}>
        <div>
          <h3 id={title}>{card.title}</h3>
          <p className={css.small}>
            {by}, version {card.version} · answers {listed(questions)} · <WeightsState model={model} />
          </p>
        </div>
        {children}
      </header>
      {card.summary && <p>{card.summary}</p>}
      <p className={css.notice}>{card.notice}</p>
      <SpeedTest model={model} />
      <TryPicture model={model} />
      {card.begunFrom && <p className={css.small}>Training began from: {card.begunFrom}.</p>}
      {card.measured && <p className={css.small}>{card.measured.how}</p>}
      <div className={css.outputs}>
        {card.outputs.map((output) => (
          <ClassTable
            key={`${output.name}${output.question}`}
            output={output}
            measured={card.measured?.outputs.find(({ question }) => question === output.question)}
          />
        ))}
      </div>
      <SourcesOf data={card.data ?? []} />
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

/** Where a model learnt, and the licences. Nothing where its card does not say. */
export function SourcesOf({ data }: { data: readonly CardData[] }) {
  if (!data.length) return null;
  const images = data.reduce((sum, one) => sum + one.images, 0);
  return (
    <details className={css.more}>
      <summary>
        Learnt from {count(images)} pictures of {counted(data.length, 'source')}
      </summary>
      <table className={css.sources} aria-label="Sources of the training pictures">
        <thead>
          <tr>
            <th scope="col">Source</th>
            <th scope="col">Licence</th>
            <th scope="col">Pictures</th>
          </tr>
        </thead>
        <tbody>
          {data.map((one) => (
            <tr key={`${one.source}${one.original}`}>
              <th scope="row">
                {one.source} <Original text={one.original} />
              </th>
              <td>{one.licence}</td>
              <td>{count(one.images)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** Where the pictures come from: a link where it is one. */
function Original({ text }: { text: string }) {
  if (!text) return null;
  if (!/^https?:\/\//.test(text)) return <span className={css.small}>{text}</span>;
  return (
    <a className={css.small} href={text} target="_blank" rel="noreferrer">
      {new URL(text).hostname}
    </a>
  );
}

/** The file of weights. */
export function WeightsOf({ card, humanUrl }: { card: Pick<ModelCard, 'input' | 'weights'>; humanUrl: string | undefined }) {
  const { columns, rows, channels } = card.input;
  return (
    <dl className={css.facts}>
      <div>
        <dt>Size</dt>
        <dd>{bytes(card.weights.bytes)}</dd>
      </div>
      <div>
        <dt>Sees</dt>
        <dd>
          {columns} × {rows} pixels, {channels === 1 ? 'grey' : 'colour'}
        </dd>
      </div>
      <div className={css.wide}>
        <dt>SHA-256 of the weights</dt>
        <dd className={css.hash}>
          {card.weights.sha256} <Copy what="SHA-256" text={card.weights.sha256} />
        </dd>
      </div>
      {humanUrl && (
        <div className={css.wide}>
          <dt>More</dt>
          <dd>
            <a href={humanUrl}>How it was made and measured</a>
          </dd>
        </div>
      )}
    </dl>
  );
}
