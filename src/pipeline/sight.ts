// One look: decodes the frames that were asked for, and asks those who need pixels what they see. Runs in the readers.
import { classifiers } from '../classifiers/index.ts';
import type { Evidence } from '../core/evidence.ts';
import type { OpenFile } from '../core/format.ts';
import type { Pixels } from '../core/pixels.ts';
import type { LookResult, PixelTask, ReaderJob } from '../core/reading.ts';
import type { SourceContext } from '../core/source.ts';
import { asUnreadable } from '../core/unreadable.ts';
import { frameOf, spreadOver } from '../core/views.ts';
import type { Looker } from '../models/look/looker.ts';
import { openFile } from './context.ts';
import { readPixels } from './read.ts';

type LookJob = Extract<ReaderJob, { kind: 'look' }>;

const byPixels = classifiers.filter((classifier) => classifier.needs === 'pixels');
/** Frames of a whole volume that classifiers without a network are shown. */
const FRAMES = 3;
/** A volume of so few values is a shape, whatever it is called. */
const FEW_VALUES = 6;
/** Files of this size and below are read whole. Bytes; what openFile remembers. */
const AT_ONE_GO = 2 ** 20;
/** How strongly the values of a volume have to look like labels. */
const DRAWN = 1;

/** What classifiers and models say of an item; files that cannot be decoded are named, and the others spoken of. */
export async function look(
  { seen, pixels: tasks, open, leftOut }: Pick<LookJob, 'seen' | 'pixels' | 'open' | 'leftOut'>,
  { context, looker }: { context: SourceContext; looker: Looker | undefined },
): Promise<LookResult> {
  const { pixels, failed } = await decoded(tasks, context);
  if (!pixels.length) return { evidence: [], failed };
  const plain = await plainly(seen, pixels);
  // A volume that is drawn rather than imaged is nothing for a network: it has learnt from images.
  const isDrawn =
    plain.some(({ question, value, logOdds }) => question === 'role' && value === 'mask' && logOdds >= DRAWN) ||
    (seen.layout.slices > 1 && isFlat(pixels));
  const seenByModels = looker && !isDrawn ? await looker.look(pixels, seen, leftOut) : { evidence: [] };
  return { ...seenByModels, evidence: [...(open ? plain : []), ...seenByModels.evidence], failed };
}

async function decoded(tasks: readonly PixelTask[], context: SourceContext) {
  const pixels: Pixels[] = [];
  const failed = new Map<string, string>();
  // A file is opened once: what is packed is unpacked once, not from its beginning for every frame.
  const files = new Map<string, OpenFile>();
  for (const task of tasks) {
    const { path } = task.entry;
    try {
      const file = files.get(path) ?? (await openWhole(task, context));
      files.set(path, file);
      pixels.push(await readPixels(task, context, file));
    } catch (thrown) {
      failed.set(path, asUnreadable(thrown, 'The pixels could not be decoded.').because);
    }
  }
  return { pixels, failed: [...failed].map(([path, because]) => ({ path, because })) };
}

/** Small files are read at one go: they are needed whole, and every further question would cost a journey to the host. */
async function openWhole({ entry, beside }: PixelTask, context: SourceContext): Promise<OpenFile> {
  const file = openFile(entry, { beside, context });
  if (entry.size !== undefined && entry.size <= AT_ONE_GO) await file.bytes.slice(0, entry.size);
  return file;
}

/** Evidence of every classifier that needs pixels, from a few frames. */
async function plainly(seen: LookJob['seen'], decoded: readonly Pixels[]): Promise<Evidence[]> {
  const pixels = decoded.flatMap((piece) => spreadOver(piece.frames, FRAMES).map((frame) => frameOf(piece, frame)));
  return (await Promise.all(byPixels.map((classifier) => classifier.classify({ ...seen, pixels })))).flat();
}

/** Whether there are hardly any different values. */
function isFlat(pixels: readonly Pixels[]): boolean {
  const values = new Set<number | bigint>();
  for (const { data } of pixels) {
    for (let i = 0; i < data.length; i++) {
      values.add(data[i] as number | bigint);
      if (values.size > FEW_VALUES) return false;
    }
  }
  return true;
}
