// "Try one of ours": our own phantoms, served with the page, so that a first visit works offline.
import { useQuery } from '@tanstack/react-query';
import { bytes } from '../numbers.ts';
import styles from './start.module.css';
import { useAnalyse } from './use-analyse.ts';

interface Sample {
  readonly title: string;
  readonly description?: string;
  /** Relative to the page's root. */
  readonly url: string;
  readonly bytes?: number;
}

async function load(): Promise<readonly Sample[]> {
  const at = new URL(`${import.meta.env.BASE_URL}samples/samples.json`, location.href);
  const reply = await fetch(at);
  if (!reply.ok) return [];
  const list = (await reply.json()) as readonly Sample[];
  return list.map((sample) => ({ ...sample, url: new URL(sample.url, new URL(import.meta.env.BASE_URL, location.href)).href }));
}

export function Samples() {
  const analyse = useAnalyse();
  const { data = [] } = useQuery({ queryKey: ['samples'], queryFn: load });
  if (!data.length) return null;
  return (
    <section className={styles.samples} aria-labelledby="samples">
      <h2 id="samples">Or try one of ours</h2>
      <ul>
        {data.map((sample) => (
          <li key={sample.url}>
            <button type="button" className={styles.sample} onClick={() => analyse([{ kind: 'url', url: sample.url }])}>
              <strong>{sample.title}</strong>
              <span>{sample.description}</span>
              {sample.bytes !== undefined && <small>{bytes(sample.bytes)}</small>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
