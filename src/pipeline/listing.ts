// Listing: every root, and every archive that turns up inside, until nothing is left to open. Entries go to the plan as they come.
import type { Entry } from '../core/entry.ts';
import type { Listed, Source } from '../core/source.ts';
import { asUnreadable, type Unreadable } from '../core/unreadable.ts';
import { distinct } from '../sources/bytes/member-name.ts';
import { sourceById } from './context.ts';
import type { Ledger } from './ledger.ts';
import { openRoot, type Root } from './roots.ts';

const AT_ONCE = 512;

/** Settles when everything is listed and read. Throws Unreadable when no root could be opened. */
export async function listRoots(roots: readonly Root[], ledger: Ledger): Promise<void> {
  const several = roots.length > 1;
  const names: Names = new Map();
  let failure: Unreadable | undefined;
  let opened = 0;
  for (const [n, root] of roots.entries()) {
    try {
      await listRoot(root, { ledger, names, prefix: several ? `${n + 1}/` : '' });
      opened++;
    } catch (thrown) {
      failure = asUnreadable(thrown, 'This source could not be opened.');
      if (several) ledger.notice(failure.code, `${root.kind === 'url' ? root.url : 'A source'}: ${failure.because}`);
    }
  }
  if (!opened && failure) throw failure;
  ledger.listed();
  await listContainers(ledger, names);
  ledger.plan.release();
  await listContainers(ledger, names);
  ledger.complete();
}

/** Every path of a run is one file's own: a second one of the same name is told apart. */
type Names = Map<string, number>;

async function listRoot(root: Root, { ledger, names, prefix }: { ledger: Ledger; names: Names; prefix: string }): Promise<void> {
  const { source, lister, entry, container, size, far } = await openRoot(root, ledger.context);
  ledger.opened(source);
  ledger.sizes.far ||= far;
  if (size !== undefined && ledger.sizes.held !== null) ledger.sizes.held += size;
  if (container) ledger.refused({ path: prefix + entry.path, status: 'container', bytes: size ?? null, entry });
  const counting = size === undefined;
  const before = names.size;
  try {
    await takeAll(lister.list(entry, ledger.context), { ledger, names, lister, far, counting, prefix });
  } catch (thrown) {
    // What was listed before the damage stands, and is read.
    if (names.size === before) throw thrown;
    const { because, code } = asUnreadable(thrown, 'This source could not be read to its end.');
    ledger.notice(code, because);
    if (container) ledger.census.restate(prefix + entry.path, { status: 'unreadable', because, code });
  }
}

interface Taking {
  readonly ledger: Ledger;
  readonly names: Names;
  readonly lister: Source;
  readonly far: boolean;
  /** Whether sizes of entries count towards what the source holds. */
  readonly counting: boolean;
  /** Goes before every path, to tell several roots apart. */
  readonly prefix: string;
}

async function takeAll(listed: AsyncIterable<Listed>, { ledger, names, lister, far, counting, prefix }: Taking): Promise<void> {
  // A zip's directory is whole at once, and long runs are found in the whole of it; other listings are read as they come.
  const atOnce = lister.id === 'zip' ? Number.POSITIVE_INFINITY : AT_ONCE;
  let batch: Entry[] = [];
  const flush = (): void => {
    if (batch.length) ledger.found(batch, { skim: far });
    batch = [];
  };
  let last = Date.now();
  try {
    for await (const one of listed) {
      if (ledger.control.aborted) return;
      await ledger.control.going();
      if (one.kind === 'refused') {
        ledger.refused({
          path: distinct(names, prefix + one.path),
          status: one.status,
          because: one.because,
          code: one.code,
          bytes: one.size ?? null,
        });
        continue;
      }
      if (counting)
        ledger.sizes.held = ledger.sizes.held === null || one.entry.size === undefined ? null : ledger.sizes.held + one.entry.size;
      const path = distinct(names, prefix + one.entry.path);
      batch.push(path === one.entry.path ? one.entry : { ...one.entry, path });
      if (batch.length >= atOnce || (atOnce === AT_ONCE && Date.now() - last > 100)) {
        flush();
        last = Date.now();
      }
    }
  } finally {
    flush();
  }
}

/** Lists archives found inside, and those inside them, while readers find more. */
async function listContainers(ledger: Ledger, names: Names): Promise<void> {
  do {
    for (let found = ledger.containers.shift(); found && !ledger.control.aborted; found = ledger.containers.shift())
      await listInside(found, { ledger, names });
    await ledger.pool.idle();
  } while (ledger.containers.length && !ledger.control.aborted);
}

async function listInside(
  { entry, source }: { entry: Entry; source: string },
  { ledger, names }: { ledger: Ledger; names: Names },
): Promise<void> {
  const { limits } = ledger.context;
  if ((entry.depth ?? 0) >= limits.depth) {
    return ledger.census.restate(entry.path, {
      status: 'skipped',
      because: `Archives inside archives are opened ${limits.depth} deep, no further.`,
      code: 'E-DEPTH',
    });
  }
  const lister = sourceById.get(source);
  if (!lister) return;
  const far = ledger.sizes.far && (entry.place.source === 'file' || entry.place.source === 'zip');
  try {
    await takeAll(lister.list(entry, ledger.context), { ledger, names, lister, far, counting: false, prefix: '' });
  } catch (thrown) {
    const { because, code } = asUnreadable(thrown, 'The archive could not be opened.');
    ledger.census.restate(entry.path, { status: 'unreadable', because, code });
  }
}
