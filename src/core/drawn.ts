// Masks that came with the data, brought home to their item: measured, compared with ours, heard for its features. Pure.
import { baseName } from './entry.ts';
import { type Evidence, FEATURE_KINDS, type FeatureKind } from './evidence.ts';
import { features, reasonsOf } from './features.ts';
import type { Item } from './item.ts';
import type { Mask } from './mask.ts';
import { isEmpty } from './mask-grid.ts';
import type { Outline } from './outline.ts';
import { type Measured, measured } from './outlined.ts';
import type { DrawnFile } from './reading.ts';

/** An empty mask is a moderate word for absence: 88 %. */
const ABSENT = 2;
const PRESENT = { segment: 3.5, file: 2.2 };
/** Who says so in core/masks.ts, before the pixels of masks are seen. */
const BY = 'masks';

/**
 * The item with the outlines of its files, what they say of its features, and what could not be drawn; and the masks that are kept, of files after
 * `ours`.
 */
export function withDrawn(
  item: Item,
  { files, ours = [] }: { files: readonly DrawnFile[]; ours?: readonly Mask[] },
): { readonly item: Item; readonly masks: readonly Mask[] } {
  const { masks, outlines } = measured(ours, item, theirsOf(files, item));
  const findings = heard(item.findings ?? [], files);
  const warnings = files.flatMap(({ path, notes, because }) => {
    const name = baseName(path);
    return because ? [`${name} is not drawn. ${because}`] : notes.map((note) => `${name}: ${note}`);
  });
  return {
    masks,
    item: {
      ...item,
      outlines,
      findings,
      features: features(findings, { routed: reasonsOf(item.features), outlines }),
      warnings: [...item.warnings, ...warnings.filter((warning) => !item.warnings.includes(warning))],
    },
  };
}

/** Names of organs in a path: its masks may well be theirs. */
const ORGANS = /liver|lung|kidney|spleen|pancrea|heart|brain|prostat|breast|bone|organ|lobe|disc|cup/i;

/** Masks of the files in which something is marked. */
function theirsOf(files: readonly DrawnFile[], item: Item): Measured {
  const masks: Mask[] = [];
  const outlines: Outline[] = [];
  for (const file of files) {
    const kind = guessed(file, item);
    for (const [i, mask] of file.masks.entries()) {
      const outline = file.outlines[i];
      if (!outline) continue;
      masks.push(kind ? { ...mask, kind } : mask);
      outlines.push(kind ? { ...outline, kind } : outline);
    }
  }
  return { masks, outlines };
}

/**
 * A mask without any name, in a dataset whose name speaks of one finding only, is taken for a drawing of that (polyps of a set of polyps), so that it can
 * be compared with ours. It says nothing of the image for that.
 */
function guessed({ path, masks }: DrawnFile, { findings = [] }: Item): FeatureKind | undefined {
  const [mask] = masks;
  if (masks.length !== 1 || mask?.kind !== 'organ' || mask.label !== baseName(path) || ORGANS.test(path)) return undefined;
  const told = findings.filter(({ value, from, by, logOdds }) => value === 'yes' && from === 'path' && by !== BY && logOdds > 0.5);
  const kinds = FEATURE_KINDS.filter((kind) => told.some(({ question }) => question === kind));
  return kinds.length === 1 ? kinds[0] : undefined;
}

/** What names and segments of masks say of findings, after their pixels were seen: an empty mask takes its yes back, and says no. */
export function heard(findings: readonly Evidence[], files: readonly DrawnFile[]): readonly Evidence[] {
  let voices = findings;
  for (const kind of FEATURE_KINDS) {
    const own = files.flatMap((file) => file.masks.filter((mask) => mask.kind === kind).map((mask) => ({ mask, path: file.path })));
    const marked = own.find(({ mask }) => !isEmpty(mask));
    const isSaid = voices.some(({ by, question, value }) => by === BY && question === kind && value === 'yes');
    if (marked && !isSaid) voices = [...voices, voiceOf(kind, { ...marked, value: 'yes' })];
    const [first] = own;
    if (first && !marked)
      voices = [...voices.filter(({ by, question }) => by !== BY || question !== kind), voiceOf(kind, { ...first, value: 'no' })];
  }
  return voices;
}

function voiceOf(question: FeatureKind, { mask, path, value }: { mask: Mask; path: string; value: 'yes' | 'no' }): Evidence {
  const name = baseName(path);
  const isFile = mask.label.startsWith(name);
  const what = isFile ? `mask file ${name}` : `segment “${mask.label.slice(0, 80)}” of ${name}`;
  const because = value === 'yes' ? what : `${what} is empty`;
  const logOdds = value === 'no' ? ABSENT : isFile ? PRESENT.file : PRESENT.segment;
  return { question, value, logOdds, from: isFile ? 'path' : 'header', by: BY, because };
}
