// "Try:" our own phantoms, served with the page, so that a first visit works offline.
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
    <div className={styles.samples}>
      <span>Try:</span>
      <ul>
        {data.map((sample) => (
          <li key={sample.url}>
            <button
              type="button"
              className={styles.sample}
              title={sample.description}
              onClick={() => analyse([{ kind: 'url', url: sample.url }])}
            >
              {sample.title}
              {sample.bytes !== undefined && <small>{bytes(sample.bytes)}</small>}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
