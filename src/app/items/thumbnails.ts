// Pictures of the items that are on screen: a few asked for at a time, the last seen first, a few hundred kept. No React.
import type { Item } from '../../core/item.ts';
import type { Store } from '../../core/store.ts';
import type { Jobs } from '../../jobs/jobs.ts';

export interface Thumbnail {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray;
}

interface Wish {
  readonly id: string;
  readonly stamp: string;
  readonly controller: AbortController;
  readonly done: (picture: Thumbnail | undefined) => void;
}

/** 96 × 96 RGBA is 37 kB: 15 MB in all. */
const KEPT = 400;
const AT_ONCE = 3;

export class Thumbnails {
  readonly #jobs: Jobs;
  readonly #store: Store;
  readonly #runId: string;
  /** Least recently used first. null: nothing can be drawn. */
  readonly #kept = new Map<string, { readonly stamp: string; readonly picture: Thumbnail | null }>();
  #waiting: Wish[] = [];
  #busy = 0;

  constructor({ jobs, store }: { jobs: Jobs; store: Store }, options: { runId: string }) {
    this.#jobs = jobs;
    this.#store = store;
    this.#runId = options.runId;
  }

  /** What is kept: a picture, null for "nothing can be drawn", undefined for "not asked yet". */
  peek(id: string, stamp = ''): Thumbnail | null | undefined {
    const kept = this.#kept.get(id);
    return kept?.stamp === stamp ? kept.picture : undefined;
  }

  /** Answers later, unless cancelled; the function it returns cancels. */
  ask({ id, stamp = '' }: { id: string; stamp?: string }, done: (picture: Thumbnail | undefined) => void): () => void {
    const wish: Wish = { id, stamp, controller: new AbortController(), done };
    this.#waiting.push(wish);
    this.#next();
    return () => {
      wish.controller.abort();
      this.#waiting = this.#waiting.filter((one) => one !== wish);
    };
  }

  #next(): void {
    while (this.#busy < AT_ONCE) {
      const wish = this.#waiting.pop();
      if (!wish) return;
      this.#busy += 1;
      void this.#draw(wish).finally(() => {
        this.#busy -= 1;
        this.#next();
      });
    }
  }

  async #draw({ id, stamp, controller: { signal }, done }: Wish): Promise<void> {
    let picture: Thumbnail | undefined;
    try {
      const item = await this.#store.item(this.#runId, id);
      if (item && !signal.aborted) picture = await this.#picture(item, signal);
    } catch (thrown) {
      // Not allowed yet: a later look may be.
      if ((thrown as { code?: string }).code === 'E-DENIED') return done(undefined);
      // No picture is no failure of the table; the item's page says why.
    }
    if (signal.aborted) return;
    this.#keep(id, { stamp, picture: picture ?? null });
    done(picture);
  }

  /** With the outlines of what was found, on the slice where most of it is. */
  async #picture(item: Item, signal: AbortSignal): Promise<Thumbnail | undefined> {
    const asked = { store: this.#store, runId: this.#runId, item, signal };
    if (!item.outlines?.some(({ kind }) => kind === 'tumour' || kind === 'lesion')) return this.#jobs.thumbnail(asked);
    const { sliceToShow, drawOutlines } = await import('./outlined-picture.ts');
    const shown = sliceToShow(item, await this.#store.masks(this.#runId, item.id));
    const picture = await this.#jobs.thumbnail({ ...asked, image: shown?.image });
    if (picture && shown) drawOutlines(picture, shown);
    return picture;
  }

  #keep(id: string, picture: { readonly stamp: string; readonly picture: Thumbnail | null }): void {
    this.#kept.delete(id);
    this.#kept.set(id, picture);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(oldest);
    }
  }
}
