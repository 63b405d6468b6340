// After the headers and the looks at pixels: masks joined to their images, numbered pictures asked about, hashes.
import { linkMasks } from '../core/masks.ts';
import type { ReaderResult } from '../core/reading.ts';
import { findStackables } from '../core/stack.ts';
import type { Ledger } from './ledger.ts';

/** Masks join the images they belong to, and speak for tumours, lesions and vessels there. */
export async function joinMasks({ census }: Ledger): Promise<void> {
  const masks = [...census.masks()].map(({ unit }) => ({
    path: unit.path,
    refersTo: unit.header.refersTo ?? [],
    segments: unit.header.segments ?? [],
  }));
  if (!masks.length) return;
  const told = new Map([...census.told()].map((one) => [one.item.id, one]));
  const items = [...told.values()].map(({ group, item }) => ({
    id: item.id,
    paths: item.parts.map((part) => part.path),
    uids: group.units
      .flatMap(({ header }) => [header.series, header.tags.SOPInstanceUID])
      .filter((uid): uid is string => typeof uid === 'string'),
  }));
  const byItem = new Map<string, { paths: string[]; evidence: ReturnType<typeof linkMasks>[number]['evidence'][number][] }>();
  for (const link of linkMasks({ masks, items })) {
    if (link.itemId === undefined) continue;
    census.own(link.path, link.itemId);
    const home = byItem.get(link.itemId) ?? { paths: [], evidence: [] };
    byItem.set(link.itemId, home);
    home.paths.push(link.path);
    home.evidence.push(...link.evidence);
  }
  for (const [id, joined] of byItem) {
    await census.join(id, joined);
  }
}

/** A folder of numbered pictures of one size may be a volume: they stay 2D, with a warning, until somebody says so. */
export async function amendStacks({ census, notice }: Ledger): Promise<void> {
  for (const { folder, items } of findStackables([...census.told()].map(({ item }) => item))) {
    notice(
      'ASK-STACK',
      `${items.length} numbered pictures of one size in ${folder || 'this source'} may be the slices of one volume. They are counted as single images.`,
      folder,
    );
    for (const item of items)
      census.amend({
        ...item,
        warnings: [...item.warnings, 'One of a folder of numbered pictures that may be slices of one volume; counted as a single image.'],
      });
  }
}

/** Says at the items that hold these files why they cannot be seen. */
export function warnOf(failures: ReadonlyMap<string, string>, { census }: Ledger): void {
  if (!failures.size) return;
  for (const { item } of [...census.told()]) {
    if (item.undecoded !== undefined) continue;
    const reasons = item.parts.flatMap((part) => failures.get(part.path) ?? []);
    const [because] = reasons;
    if (because === undefined) continue;
    const warning = item.parts.length > 1 ? `${reasons.length} of ${item.parts.length} files cannot be shown. ${because}` : because;
    if (!item.warnings.includes(warning)) census.amend({ ...item, warnings: [...item.warnings, warning] });
  }
}

/** SHA-256 of the stored values of every file that has pixels. */
export async function hashAll(ledger: Ledger): Promise<void> {
  const files = [...ledger.census.hashable()];
  ledger.bump('classify', { of: files.length });
  const failures = new Map<string, string>();
  await Promise.all(
    files.map(async (record) => {
      const told = ledger.census.headerOf(record.path);
      if (!told) return;
      const result: ReaderResult = await ledger.ask((index) => ({
        kind: 'hash',
        index,
        task: { ...told, first: 0, count: Number.POSITIVE_INFINITY },
      }));
      ledger.bump('classify', { done: 1 });
      if (result.kind !== 'hash') return;
      if (result.sha256) ledger.census.restate(record.path, { status: record.status, pixelSha256: result.sha256 });
      if (!result.because) return;
      failures.set(record.path, result.because);
      ledger.census.restate(record.path, { status: record.status, because: `Not decoded: ${result.because}` });
    }),
  );
  warnOf(failures, ledger);
}
