// The report of a run that a store keeps, read batch by batch.
import { reportPieces } from '../../core/report.ts';
import type { Run } from '../../core/run.ts';
import type { Store } from '../../core/store.ts';
import { APP_VERSION } from './version.ts';

/** The whole report of a run, as text in pieces. */
export async function* reportOf(store: Store, run: Run): AsyncGenerator<string> {
  const corrections = await store.corrections(run.id);
  const now = new Date().toISOString();
  yield* reportPieces({ run, app: APP_VERSION, items: store.items(run.id), files: store.files(run.id), corrections, now });
}
