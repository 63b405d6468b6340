// The report of a run that a store keeps, read batch by batch.
import type { FeatureKind } from '../../core/evidence.ts';
import type { Item } from '../../core/item.ts';
import { reportPieces } from '../../core/report.ts';
import type { Run } from '../../core/run.ts';
import type { Store } from '../../core/store.ts';
import { MASK_ENDINGS, maskName } from '../exports/mask-name.ts';
import { APP_VERSION } from './version.ts';

export interface ReportOptions {
  /** Names of the files that masks were written to; absent: the report says nothing of files. */
  readonly maskNames?: ReadonlySet<string> | undefined;
}

/** The whole report of a run, as text in pieces. */
export async function* reportOf(store: Store, run: Run, { maskNames }: ReportOptions = {}): AsyncGenerator<string> {
  const corrections = await store.corrections(run.id);
  const now = new Date().toISOString();
  const items = maskNames ? withMasks(store.items(run.id), maskNames) : store.items(run.id);
  yield* reportPieces({ run, app: APP_VERSION, items, files: store.files(run.id), corrections, now });
}

/** Every feature of every item names its file, or null where there is none. */
async function* withMasks(batches: AsyncIterable<readonly Item[]>, names: ReadonlySet<string>): AsyncGenerator<readonly Item[]> {
  const fileOf = (id: string, kind: FeatureKind): string | null =>
    MASK_ENDINGS.map((ending) => maskName(id, { kind, ending })).find((name) => names.has(name)) ?? null;
  for await (const batch of batches) {
    yield batch.map((item) => ({
      ...item,
      features: item.features.map((feature) => ({ ...feature, mask: fileOf(item.id, feature.kind) })),
    }));
  }
}
