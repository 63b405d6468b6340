// The census: what every entry turned out to be, grouped into items as the headers arrive. Nothing is lost: each path has one status.

import type { SideFile } from '../core/classifier.ts';
import type { Entry } from '../core/entry.ts';
import type { Evidence } from '../core/evidence.ts';
import { type Group, groupSeries, type Unit } from '../core/group.ts';
import type { Header } from '../core/header.ts';
import type { FileRecord, FileStatus, Item } from '../core/item.ts';
import type { Outline } from '../core/outline.ts';
import type { PixelTask, ReadOutcome } from '../core/reading.ts';
import { itemId } from '../core/stable-id.ts';
import { evidenceOf, type Grounds, isMask, itemOf, seenOf } from './label.ts';
import { createShelf } from './shelf.ts';
import { createSideFiles } from './side-files.ts';
import { createThrift } from './thrift.ts';

interface Series {
  readonly units: Unit[];
  /** Ids of the items it was last told to be. */
  ids: readonly string[];
}

/** A group that was told as an item, kept for a second look. */
export interface Told {
  readonly group: Group;
  readonly item: Item;
}

export interface MaskFound {
  readonly unit: Unit;
  readonly because: string;
}

/** What an earlier try has outlined in an item, and all that it knew of its findings. */
export interface OutlinesKept {
  readonly findings: readonly Evidence[];
  readonly outlines: readonly Outline[];
}

/** Mask files of an item, and what they say of it. */
export interface MasksJoined {
  readonly paths: readonly string[];
  readonly evidence: readonly Evidence[];
}

export interface CensusOptions {
  /** For each kind of finding why nobody has looked for it. */
  readonly why?: Grounds['why'];
}

/** A single row, column or voxel is no picture. */
const isLine = ({ shape }: Header): boolean => shape !== undefined && shape.slices === 1 && (shape.columns <= 1 || shape.rows <= 1);

/** What says so of a finding: a model by its id, all else in words. */
const MODEL_ID = /^[a-z0-9:-]+$/;
const SIDE_FILE = 'A side file.';
const INFERRED = 'Its header was not read: it follows from its neighbours.';
/** Units labelled at one go; more wait for the next, so that the first chart comes soon. */
const AT_ONCE = 4000;

/** Takes outcomes of reading, answers items and records that changed since they were last taken. One a run. */
export function createCensus({ why }: CensusOptions = {}) {
  const series = new Map<string, Series>();
  const dirty = new Set<Series>();
  const told = new Map<string, Told>();
  const masks = new Map<string, MaskFound>();
  const looked = new Map<string, readonly Evidence[]>();
  const kept = new Map<string, OutlinesKept>();
  const joined = new Map<string, MasksJoined>();
  const shelf = createShelf();
  const thrift = createThrift();
  const sideFiles = createSideFiles();
  let gone: string[] = [];
  let items = new Map<string, Item>();

  function accept(outcome: ReadOutcome, { entry, inferred }: { entry: Entry; inferred?: boolean }): void {
    const record = { path: entry.path, bytes: outcome.size, entry };
    if (outcome.kind === 'header') acceptHeader(outcome.header, { record: { ...record, entry: outcome.unpacked ?? entry }, inferred });
    else if (outcome.kind === 'text') acceptText({ ...record, status: 'non-image', because: SIDE_FILE, text: outcome.text });
    else if (outcome.kind === 'container') shelf.put({ ...record, status: 'container' });
    else if (outcome.kind === 'unreadable') shelf.put({ ...record, status: 'unreadable', because: outcome.because, code: outcome.code });
    else shelf.put({ ...record, status: 'non-image', because: outcome.because });
  }

  function acceptText(record: FileRecord, put = shelf.put): void {
    put(record);
    sideFiles.add({ path: record.path, text: record.text ?? '' });
  }

  /** Takes over what an earlier try found out about a file. */
  function restore(record: FileRecord): void {
    const { header, status: _, ...rest } = record;
    if (record.text !== undefined) acceptText(record, shelf.restore);
    else if (header) acceptHeader(header, { record: rest, inferred: record.because === INFERRED, put: shelf.restore });
    else shelf.restore(record);
  }

  /** A file that is no longer what it was: its image leaves its series, and it is read anew. */
  function forget(path: string): void {
    const header = shelf.record(path)?.header;
    masks.delete(path);
    const home = header && series.get(header.series ?? `file|${path}`);
    const at = home?.units.findIndex((unit) => unit.path === path) ?? -1;
    if (!home || at < 0) return;
    home.units.splice(at, 1);
    dirty.add(home);
  }

  interface Accepting {
    readonly record: Omit<FileRecord, 'status'>;
    readonly inferred?: boolean | undefined;
    readonly put?: (record: FileRecord) => void;
  }

  function acceptHeader(read: Header, { record, inferred, put = shelf.put }: Accepting): void {
    const header = thrift(read);
    for (const path of header.companions ?? []) shelf.claim(path, record.path);
    const kept = { ...record, header };
    if (header.role === 'object' || isLine(header)) {
      const isIndex = header.what === 'DICOMDIR';
      const because = header.what ?? 'A line of numbers, not an image.';
      put({ ...kept, status: isIndex ? 'container' : 'non-image', because });
      return;
    }
    const unit: Unit = { path: record.path, bytes: record.bytes, header, ...(inferred ? { inferred } : {}) };
    if (header.role === 'mask') {
      masks.set(unit.path, { unit, because: header.what ?? 'A segmentation.' });
      put({ ...kept, status: 'mask', because: header.what });
      return;
    }
    const key = header.series ?? `file|${record.path}`;
    const home = series.get(key) ?? { units: [], ids: [] };
    series.set(key, home);
    home.units.push(unit);
    dirty.add(home);
    put({ ...kept, status: 'image', ...(inferred ? { because: INFERRED } : {}) });
  }

  /** Groups and labels what is new. True when something is left for the next call. */
  async function settle(): Promise<boolean> {
    let budget = AT_ONCE;
    for (const home of dirty) {
      if (budget <= 0) return true;
      dirty.delete(home);
      budget -= home.units.length;
      await tell(home);
    }
    return false;
  }

  async function tell(home: Series): Promise<void> {
    const ids: string[] = [];
    for (const group of groupSeries(home.units)) {
      const id = await tellGroup(group);
      if (id) ids.push(id);
    }
    for (const id of home.ids) if (!ids.includes(id)) drop(id);
    home.ids = ids;
  }

  /** The id of the item that the group is; undefined when it is a mask. */
  async function tellGroup(group: Group): Promise<string | undefined> {
    const seen = seenOf(group, sideFiles.of(group.units[0]?.path ?? ''));
    const id = itemId(group.key);
    const plain = [...(await evidenceOf(seen)), ...(looked.get(id) ?? [])];
    const mask = isMask(plain);
    if (mask) {
      for (const unit of group.units) {
        masks.set(unit.path, { unit, because: mask.because });
        shelf.restate(unit.path, { status: 'mask', because: mask.because });
      }
      return undefined;
    }
    const evidence = [...plain, ...(joined.get(id)?.evidence ?? [])];
    const item = itemOf(group, { seen, evidence, masks: joined.get(id)?.paths, why });
    told.set(item.id, { group, item });
    items.set(item.id, item);
    for (const { path } of item.parts) {
      // A later file of the series may show that it was no mask after all.
      if (masks.delete(path)) shelf.restate(path, { status: 'image', because: undefined });
      shelf.own(path, item.id);
    }
    return item.id;
  }

  /** Labels a group anew; what a look at the pixels has warned of stands. */
  async function tellAgain({ group, item }: Told): Promise<void> {
    const id = await tellGroup(group);
    if (id === undefined) return drop(item.id);
    const fresh = told.get(id);
    if (fresh) amend({ ...fresh.item, warnings: [...new Set([...fresh.item.warnings, ...item.warnings])] });
  }

  function amend(item: Item): void {
    const known = told.get(item.id);
    if (!known) return;
    told.set(item.id, { group: known.group, item });
    items.set(item.id, item);
  }

  function drop(id: string): void {
    told.delete(id);
    items.delete(id);
    gone.push(id);
  }

  return {
    accept,
    restore,
    forget,
    /** The record of a path, as far as it is known. */
    recordOf: shelf.record,
    /** What an earlier try saw in the pixels of an item. `isOutliner`: of ids of models, who outlines. */
    restoreLook(item: Item, isOutliner: (id: string) => boolean = () => false): void {
      // Earlier versions kept nothing of what a model saw of findings, so nothing can be restored of it: it looks again.
      if (!item.findings && item.features.some(({ by }) => MODEL_ID.test(by ?? ''))) return;
      const { outlines = [], findings = [] } = item;
      const isDone = findings.some(({ by }) => isOutliner(by)) || outlines.some(({ by }) => isOutliner(by));
      if (isDone) kept.set(item.id, { findings, outlines });
      const seen = Object.values(item.labels).flatMap(
        (label) => label?.evidence.filter(({ from }) => from === 'voxels' || from === 'pixels') ?? [],
      );
      const all = [...seen, ...findings.filter(({ from, by }) => from === 'pixels' && !isOutliner(by))];
      if (all.length) looked.set(item.id, all);
    },
    settle,
    /** Adds evidence from pixels and labels the item anew. */
    async look(key: string, evidence: readonly Evidence[]): Promise<void> {
      looked.set(itemId(key), evidence);
      const before = told.get(itemId(key));
      if (before && (await tellGroup(before.group)) === undefined) drop(before.item.id);
    },
    /** Joins mask files to their image, and labels it anew. */
    async join(id: string, masks: MasksJoined): Promise<void> {
      joined.set(id, masks);
      const before = told.get(id);
      if (before) await tellAgain(before);
    },
    /** What an earlier try has outlined. */
    keptOutlines: (): ReadonlyMap<string, OutlinesKept> => kept,
    /** Labels everything anew, where side files arrived after the images. */
    async relabel(): Promise<void> {
      if (!sideFiles.count) return;
      for (const { group, item } of [...told.values()]) {
        if (sideFiles.of(item.parts[0]?.path ?? '').length && (await tellGroup(group)) === undefined) drop(item.id);
      }
    },
    /** Replaces items that gained something (masks, warnings). */
    amend,
    /** What was found since the last call. */
    take(): { readonly items: readonly Item[]; readonly gone: readonly string[]; readonly files: readonly FileRecord[] } {
      const out = { items: [...items.values()], gone, files: shelf.take() };
      items = new Map();
      gone = [];
      return out;
    },
    /** A file that was never read: refused by its archive, or left over when the run was stopped. */
    refuse: (record: FileRecord): void => shelf.put(record),
    restate: (path: string, change: Partial<FileRecord> & { status: FileStatus }): void => shelf.restate(path, change),
    statusOf: shelf.statusOf,
    count: shelf.count,
    told: (): Iterable<Told> => told.values(),
    itemOf: (id: string): Item | undefined => told.get(id)?.item,
    itemCount: (): number => told.size,
    masks: (): Iterable<MaskFound> => masks.values(),
    /** What is needed to decode a file: its entry, its header and the files it needs. */
    headerOf(path: string): Pick<PixelTask, 'entry' | 'header' | 'beside'> | undefined {
      const record = shelf.record(path);
      if (!record?.header || !record.entry) return undefined;
      const beside = (record.header.companions ?? []).flatMap((other) => shelf.record(other)?.entry ?? []);
      return { entry: record.entry, header: record.header, beside };
    },
    own: shelf.own,
    sideFilesOf: (item: Item): readonly SideFile[] => sideFiles.of(item.parts[0]?.path ?? ''),
    lookedAt: (key: string): readonly Evidence[] => looked.get(itemId(key)) ?? [],
    hashable: shelf.hashable,
  };
}

export type Census = ReturnType<typeof createCensus>;
