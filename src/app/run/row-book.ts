// The rows of one run in memory: filled from the store once, kept by its changes, given out at a pace that leaves the page free. No React.
import { type Corrections, corrected, standing } from '../../core/correction.ts';
import type { Item } from '../../core/item.ts';
import { type Row, rowOf } from '../../core/row.ts';
import type { Correction } from '../../core/run.ts';
import type { Store, StoreChange } from '../../core/store.ts';

export interface RowsNow {
  /** In order of arrival; a new array whenever something changed. */
  readonly rows: readonly Row[];
  /** Everything that the store had when the book was opened has been read. */
  readonly loaded: boolean;
}

/** At most four times a second; less often the more there is to count: once a second for 150,000 rows. */
const PACE_MS = 250;
const ROWS_PER_MS = 200;
const EMPTY: RowsNow = { rows: [], loaded: false };

export class RowBook {
  readonly #store: Store;
  readonly #runId: string;
  #rows: (Row | undefined)[] = [];
  readonly #at = new Map<string, number>();
  /** Ids that changed while the first load was under way: the load must not bring old ones back. */
  readonly #touched = new Set<string>();
  #corrections: Correction[] = [];
  #standing: Corrections = new Map();
  #now = EMPTY;
  #loaded = false;
  #holes = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(store: Store, options: { runId: string }) {
    this.#store = store;
    this.#runId = options.runId;
  }

  /** Starts reading; answers how to stop. */
  open(): () => void {
    let closed = false;
    const unwatch = this.#store.watch(this.#runId, (change) => this.#change(change));
    void this.#load(() => closed);
    return () => {
      closed = true;
      unwatch();
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  readonly now = (): RowsNow => this.#now;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  async #load(closed: () => boolean): Promise<void> {
    this.#corrections = [...(await this.#store.corrections(this.#runId)), ...this.#corrections];
    this.#standing = standing(this.#corrections);
    for await (const batch of this.#store.items(this.#runId)) {
      if (closed()) return;
      for (const item of batch) if (!this.#touched.has(item.id)) this.#put(item);
      this.#publishSoon();
    }
    this.#loaded = true;
    this.#touched.clear();
    this.#publishSoon();
  }

  #change(change: StoreChange): void {
    if (change.kind === 'items') {
      for (const item of change.items) this.#put(item);
      for (const id of change.gone) this.#drop(id);
      if (!this.#loaded) for (const id of [...change.items.map((item) => item.id), ...change.gone]) this.#touched.add(id);
      this.#publishSoon();
    }
    if (change.kind === 'correction') void this.#correct(change.correction);
  }

  async #correct(correction: Correction): Promise<void> {
    this.#corrections.push(correction);
    this.#standing = standing(this.#corrections);
    const item = await this.#store.item(this.#runId, correction.itemId);
    if (item) this.#put(item);
    this.#publishSoon();
  }

  #put(item: Item): void {
    const row = rowOf(corrected(item, this.#standing));
    const at = this.#at.get(item.id);
    if (at === undefined) this.#at.set(item.id, this.#rows.push(row) - 1);
    else this.#rows[at] = row;
  }

  #drop(id: string): void {
    const at = this.#at.get(id);
    if (at === undefined) return;
    this.#at.delete(id);
    this.#rows[at] = undefined;
    this.#holes = true;
  }

  #publishSoon(): void {
    this.#timer ??= setTimeout(() => this.#publish(), this.#now === EMPTY ? 0 : PACE_MS + this.#rows.length / ROWS_PER_MS);
  }

  #publish(): void {
    this.#timer = undefined;
    if (this.#holes) this.#close();
    this.#now = { rows: this.#rows.slice() as Row[], loaded: this.#loaded };
    for (const listener of this.#listeners) listener();
  }

  #close(): void {
    this.#rows = this.#rows.filter((row) => row !== undefined);
    this.#at.clear();
    for (const [at, row] of this.#rows.entries()) if (row) this.#at.set(row.id, at);
    this.#holes = false;
  }
}
