// Looks at pixels, after the headers: which items are looked at, which of their images are read for it, and how many bytes that may cost.
// Items whose labels are open come first; the others are looked at so that pixels can confirm their headers or contradict them.
import { type Item, partOf } from '../core/item.ts';
import type { LookResult, PixelTask, ReaderJob } from '../core/reading.ts';
import { spreadOver } from '../core/views.ts';
import { models } from '../models/index.ts';
import type { Told } from './census.ts';
import { warnOf } from './finish.ts';
import { seenOf } from './label.ts';
import type { Ledger } from './ledger.ts';

/** Below this confidence an answer is open still. */
const SURE = 0.8;
/** What one look may read at most, of a host far away and of this computer. Bytes. */
const LOOK_BYTES = 256 * 2 ** 20;
const NEAR_BYTES = 2 ** 30;
/** Of a source far away, a hundredth is read for second opinions, and this much in any case. Bytes. */
const FREE_BYTES = 8 * 2 ** 20;
/** A source no larger than this is read whole for the opinion of models. Bytes. */
const SMALL_SOURCE = 256 * 2 ** 20;
/** Of a source far away, this much is read for items of which nobody knows what made them, where there are models. Bytes. */
const OPEN_BYTES = 512 * 2 ** 20;
/** A volume that takes no more than this when decoded is read whole, so that it can be cut in three planes. Bytes. */
const WHOLE_BYTES = 64 * 2 ** 20;
/** Of larger images fewer are decoded for one look, one in any case: they are in memory together. Bytes. */
const DECODED_BYTES = 256 * 2 ** 20;
/** Second opinions of one run: more would keep the processor busy for long, and tell little more of the source. */
const SECONDS = 5000;
/** Looks that end their reader are tried again without the models that a person brought, until so many have gone one way or the other. */
const STRIKES = 2;
/** Slices read of an item far away, one that is open and one that is to be confirmed. */
const SLICES = { open: 3, confirm: 1 };

type LookJob = Omit<Extract<ReaderJob, { kind: 'look' }>, 'kind' | 'index'>;

/** A look that could be taken. */
export interface Look {
  readonly told: Told;
  /** 0: nobody knows what made it; 1: nobody knows what it shows; 2: to be confirmed. */
  readonly rank: 0 | 1 | 2;
  readonly wanted: readonly Wanted[];
  /** Bytes of the files that are read for it. */
  readonly bytes: number;
}

/** Images [first, first + count) of a file. */
interface Wanted {
  readonly path: string;
  readonly first: number;
  readonly count: number;
}

/** Reads a few frames of items, as far as the budget of bytes goes, and lets those speak who need pixels. */
export async function lookAtItems(ledger: Ledger): Promise<void> {
  await ledger.census.relabel();
  const looks = [...ledger.census.told()]
    .filter(({ group }) => !ledger.census.lookedAt(group.key).length)
    .flatMap((told): Look[] => {
      const rank = rankOf(told, ledger);
      if (rank === undefined) return [];
      const wanted = imagesFor(told.item, { rank, ledger });
      return [{ told, rank, wanted, bytes: bytesOf(told, wanted) }];
    })
    .sort((a, b) => a.rank - b.rank);
  const chosen = affordable(looks, ledger);
  if (chosen.length < looks.length) {
    ledger.notice(
      'PIXELS-LEFT',
      `The pixels of ${looks.length - chosen.length} items were not read, to spare the network and your time; their labels come from headers and names alone.`,
    );
  }
  ledger.bump('pixels', { of: chosen.length });
  const failures = new Map<string, string>();
  const ask = careful(ledger);
  await Promise.all(chosen.map((look) => lookAt(look, { ledger, failures, ask })));
  warnOf(failures, ledger);
}

/** How much a look is wanted; undefined where there is nobody to look, or nothing to be seen. */
function rankOf({ item, group }: Told, { models: on }: Ledger): Look['rank'] | undefined {
  if (item.undecoded !== undefined) return undefined;
  const { modality, anatomy } = item.labels;
  if (modality.value === 'UNKNOWN' || modality.confidence < SURE) return 0;
  const seen = on && seenOf(group, []);
  if (!seen || !models.some((model) => model.looksAt(seen))) return undefined;
  return anatomy.value === 'UNKNOWN' || anatomy.confidence < SURE ? 1 : 2;
}

/** The looks that the budget allows: what nobody knows has one of its own. */
export function affordable(given: readonly Look[], { sizes, models: on }: Pick<Ledger, 'sizes' | 'models'>): Look[] {
  const looks = fewerSeconds(given);
  if (!sizes.far) return looks.filter(({ bytes }) => bytes <= NEAR_BYTES);
  const { held } = sizes;
  const small = on && held !== null && held <= SMALL_SOURCE;
  const few = small ? held : Math.max(FREE_BYTES, (held ?? 0) / 100);
  const left = { open: on ? Math.max(OPEN_BYTES, few) : few, confirm: few };
  return looks.filter(({ rank, bytes }) => {
    const purse = rank === 0 ? 'open' : 'confirm';
    if (bytes > LOOK_BYTES || bytes > left[purse]) return false;
    left[purse] -= bytes;
    return true;
  });
}

/** All looks at what is open; of second opinions so many, evenly over the source. */
function fewerSeconds(looks: readonly Look[]): readonly Look[] {
  const seconds = looks.filter(({ rank }) => rank === 2);
  if (seconds.length <= SECONDS) return looks;
  const kept = new Set(Array.from({ length: SECONDS }, (_, i) => seconds[Math.floor((i * seconds.length) / SECONDS)]));
  return looks.filter((look) => look.rank !== 2 || kept.has(look));
}

function bytesOf({ group }: Told, wanted: readonly Wanted[]): number {
  const paths = new Set(wanted.map(({ path }) => path));
  return group.units.reduce((sum, { path, bytes }) => sum + (paths.has(path) ? (bytes ?? Number.POSITIVE_INFINITY) : 0), 0);
}

/** The images that are read: a small volume whole, else a few slices or frames from the middle part of the item. */
function imagesFor(item: Item, { rank, ledger }: { rank: number; ledger: Ledger }): Wanted[] {
  const pictured = item.parts.filter(({ images }) => images > 0);
  const [part] = pictured;
  if (!part) return [];
  if (ledger.models && pictured.length === 1 && isSmallVolume(item)) return [{ path: part.path, first: 0, count: item.stored.slices }];
  // One file of a volume holds its slices first, then its times.
  const images = pictured.length === 1 && item.stored.slices > 1 ? item.stored.slices : pictured.reduce((sum, { images: n }) => sum + n, 0);
  const most = Math.max(1, Math.floor(DECODED_BYTES / imageBytes(item)));
  return spreadOver(images, Math.min(most, slicesFor({ rank, ledger, files: pictured.length }))).flatMap((index) => {
    const at = partOf({ parts: pictured }, index);
    return at ? [{ path: at.part.path, first: at.image, count: 1 }] : [];
  });
}

function slicesFor({ rank, ledger, files }: { rank: number; ledger: Ledger; files: number }): number {
  if (!ledger.models) return files > 1 ? 1 : SLICES.open;
  if (ledger.sizes.far) return rank === 0 ? SLICES.open : SLICES.confirm;
  return Math.max(...models.map(({ views }) => views.slices));
}

/** Compressed frames of DICOM take their time: they are not all decoded for a look. */
function isSmallVolume(item: Item): boolean {
  const { slices } = item.stored;
  return item.format !== 'dicom' && slices > 2 && slices * imageBytes(item) <= WHOLE_BYTES;
}

/** Of one image when decoded. */
const imageBytes = ({ stored: { columns, rows, samples, bits } }: Item): number => (columns * rows * samples * Math.max(8, bits)) / 8;

/** Asks for looks. One that ends its reader and goes well without the models that a person brought was ended by them; twice, and they are left out. */
function careful(ledger: Ledger) {
  const leftOut = { own: false };
  let [theirs, others] = [0, 0];
  const look = async (job: LookJob, options?: { again: boolean }): Promise<LookResult> => {
    const result = await ledger.ask((index) => ({ kind: 'look', index, ...job }), options);
    return result.kind === 'look' ? result : { evidence: [] };
  };
  return async (job: LookJob): Promise<LookResult> => {
    const result = await look({ ...job, leftOut });
    if (!result.ended || !ledger.ownModels || others >= STRIKES) return result;
    const again = await look({ ...job, leftOut: { own: true } }, { again: true });
    if (again.ended) others++;
    else if (++theirs === STRIKES) {
      leftOut.own = true;
      ledger.notice('MODEL', 'A model of your own stopped the reader more than once, so your own models did not look at the rest.');
    }
    return again;
  };
}

async function lookAt(
  { told, rank, wanted }: Look,
  { ledger, failures, ask }: { ledger: Ledger; failures: Map<string, string>; ask: ReturnType<typeof careful> },
): Promise<void> {
  const { group } = told;
  const pixels = wanted.flatMap(({ path, first, count }): PixelTask[] => {
    const file = ledger.census.headerOf(path);
    return file ? [{ ...file, first, count }] : [];
  });
  const [first] = pixels;
  if (first) {
    const seen = seenOf(group, []);
    const result = await ask({ seen, pixels, open: rank === 0 });
    if (result.evidence.length) await ledger.census.look(group.key, result.evidence);
    note(result, { ledger, failures, path: first.entry.path });
  }
  ledger.bump('pixels', { done: 1 });
}

function note(result: LookResult, { ledger, failures, path }: { ledger: Ledger; failures: Map<string, string>; path: string }): void {
  for (const model of result.models ?? []) ledger.used(model);
  if (result.trouble) ledger.troubled(result.trouble);
  if (result.because) failures.set(path, result.because);
  for (const failed of result.failed ?? []) failures.set(failed.path, failed.because);
}
