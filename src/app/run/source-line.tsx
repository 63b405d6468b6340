// Where it came from: kind, files, bytes fetched of bytes held.
import type { Run } from '../../core/run.ts';
import { ago, bytes, counted } from '../numbers.ts';
import styles from './run.module.css';

const KINDS: Readonly<Record<string, string>> = {
  file: 'File',
  zip: 'Zip archive',
  tar: 'Tar archive',
  gzip: 'Gzip file',
  'html-index': 'Web folder',
  s3: 'S3-style listing',
  local: 'This computer',
};

export function SourceLine({ run }: { run: Run }) {
  const { progress } = run;
  const local = run.given.length === 0;
  const kinds = [...new Set(run.sources.map((source) => KINDS[source.kind] ?? source.kind))];
  const facts = [
    ...kinds,
    progress.files > 0 && counted(progress.files, 'file'),
    local ? progress.held !== null && progress.held > 0 && bytes(progress.held) : fetched(run),
    ago(run.startedAt, Date.now()),
  ].filter((fact): fact is string => Boolean(fact));
  return (
    <ul className={styles.source} aria-label="Source">
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  );
}

function fetched({ progress }: Run): string | undefined {
  if (!progress.fetched) return progress.held ? `${bytes(progress.held)} held` : undefined;
  const requests = counted(progress.requests, 'request');
  return progress.held && progress.held > progress.fetched
    ? `${bytes(progress.fetched)} fetched of ${bytes(progress.held)} (${requests})`
    : `${bytes(progress.fetched)} fetched (${requests})`;
}
