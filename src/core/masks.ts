// Which image a mask belongs to: by the UIDs it refers to, else by names and folders; and what its name or its segments say of that image. Pure.
import { baseName, folderOf } from './entry.ts';
import type { Evidence, FeatureKind } from './evidence.ts';

export interface MaskFile {
  readonly path: string;
  /** SeriesInstanceUIDs and SOPInstanceUIDs. */
  readonly refersTo: readonly string[];
  readonly segments: readonly string[];
}

export interface MaskedItem {
  readonly id: string;
  readonly paths: readonly string[];
  /** SeriesInstanceUID and SOPInstanceUIDs of its files. */
  readonly uids: readonly string[];
}

export interface MaskLink {
  /** Path of the mask. */
  readonly path: string;
  /** Undefined where no image can be named as its own. */
  readonly itemId: string | undefined;
  /** For the features of the image. */
  readonly evidence: readonly Evidence[];
}

/** What may stand behind or before the common name of an image and its mask. */
const MASK_TAIL =
  /[ _.-]*(masks?|segmentations?|segm?|dseg|probseg|labels?|labelmap|label_map|gts?|ground_?truth|annotations?|manual\d?|\d(st|nd)_?manual|\d(st|nd)ho|lesions?|tumou?rs?|vessels?|roi|contours?|aseg|aparc|lbl|brain|liver|lung|kidney|spleen|heart|polyps?)([ _.-]?\d{1,2})?$/i;
const MASK_HEAD = /^(segmentations?|segm?|masks?|labels?|lbl|gt|roi)[ _.-]*/i;
const IMAGE_TAIL =
  /[ _.-]*(images?|img|original|orig|training|test|t1ce|t1gd|t1w?|t2w?|flair|pdw|adc|dwi|ct|cta|mri?|pet|scan|volume|vol|bold|0000)$/i;
const IMAGE_HEAD = /^(images?|img|volume|vol|scan|orig)[ _.-]+/i;
/** Of several images under one name (four sequences of one head), the one that masks are mostly drawn on. */
const PREFERRED = [/t1ce|t1gd|t1c|t1w_ce/i, /flair/i, /t1w?/i, /t2w?/i];

const NAMES: readonly (readonly [FeatureKind, RegExp])[] = [
  [
    'tumour',
    /tumou?r|gtv|cancer|neoplas|carcino|metasta|glioma|nodul|polyp|\bmass\b|malignan|krebs|tumeur|karzinom|meningiom|lymphom|melanom|sarcom|adenom/i,
  ],
  [
    'lesion',
    /lesion|laesion|läsion|infarct|infarkt|stroke|haemorrh|hemorrh|blutung|plaque|wmh|abscess|oedema|edema|consolidat|infiltrat|covid|ulcer|exudate|aneurysm/i,
  ],
  ['vessels', /vessel|vascul|arter|aorta|\bveins?\b|vena[ _]|coronar|carotid|gef(ä|ae)(ss|ß)|vaisseau/i],
];

/** The finding that words name; undefined for organs and all else. */
export const kindOfWords = (words: string): FeatureKind | undefined => NAMES.find(([, pattern]) => pattern.test(words))?.[0];

interface Index {
  readonly byUid: ReadonlyMap<string, string>;
  /** folder|name in common → items. */
  readonly byName: ReadonlyMap<string, readonly MaskedItem[]>;
  readonly byFolder: ReadonlyMap<string, readonly MaskedItem[]>;
  /** BIDS subject (and session) → items. */
  readonly bySubject: ReadonlyMap<string, readonly MaskedItem[]>;
}

/** One link a mask, in the order of `masks`. */
export function linkMasks({ masks, items }: { masks: readonly MaskFile[]; items: readonly MaskedItem[] }): MaskLink[] {
  const index = indexOf(items);
  return masks.map((mask) => ({ path: mask.path, itemId: ownerOf(mask, index), evidence: evidenceOf(mask) }));
}

function indexOf(items: readonly MaskedItem[]): Index {
  const byUid = new Map<string, string>();
  const [byName, byFolder, bySubject] = [new Map<string, MaskedItem[]>(), new Map<string, MaskedItem[]>(), new Map<string, MaskedItem[]>()];
  for (const item of items) {
    for (const uid of item.uids) if (!byUid.has(uid)) byUid.set(uid, item.id);
    const path = item.paths[0];
    if (path === undefined) continue;
    const folder = folderOf(path);
    push(byFolder, folder, item);
    for (const name of imageNames(path)) push(byName, `${folder}|${name}`, item);
    const subject = subjectOf(path);
    if (subject) push(bySubject, subject, item);
  }
  return { byUid, byName, byFolder, bySubject };
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function ownerOf(mask: MaskFile, index: Index): string | undefined {
  for (const uid of mask.refersTo) {
    const id = index.byUid.get(uid);
    if (id !== undefined) return id;
  }
  const folders = foldersNear(folderOf(mask.path), index);
  const names = maskNames(mask.path);
  for (const name of names) {
    for (const folder of folders) {
      const found = index.byName.get(`${folder}|${name}`);
      if (found) return best(found)?.id;
    }
  }
  const subject = subjectOf(mask.path);
  const same = subject ? index.bySubject.get(subject) : undefined;
  if (same) return best(same)?.id;
  return onlyOne(folders, index);
}

const preference = (item: MaskedItem): number => {
  const at = PREFERRED.findIndex((pattern) => pattern.test(baseName(item.paths[0] ?? '')));
  return at < 0 ? PREFERRED.length : at;
};

function best(items: readonly MaskedItem[]): MaskedItem | undefined {
  return items.reduce<MaskedItem | undefined>((a, b) => (a === undefined || preference(b) < preference(a) ? b : a), undefined);
}

/** The mask's own folder, then siblings whose name differs by mask words (labelsTr → imagesTr, masks → images), then parent and its folders of images. */
function foldersNear(folder: string, { byFolder }: Index): string[] {
  const [parent, own] = [folderOf(folder), baseName(folder)];
  const at = (name: string): string => (parent ? `${parent}/${name}` : name);
  const renamed = own
    .replace(/^labels(T[rse])$/i, 'images$1')
    .replace(/(annotations?|masks?|labels?|segmentations?|ground_?truths?|gts?|manual|1st_manual|2nd_manual)/i, (word) =>
      /^[A-Z]/.test(word) ? 'Images' : 'images',
    );
  const dropped = own.replace(/[ _-]?(masks?|labels?|segmentations?|ground_?truth|gts?|annotations?|part\d_groundtruth)$/i, '');
  const siblings = [
    'images',
    'image',
    'imgs',
    'img',
    'Images',
    'Original',
    'original',
    'originals',
    'JPEGImages',
    'data',
    'raw',
    'input',
    'inputs',
    'imagesTr',
    'imagesTs',
    'ct',
    'CT',
    'scans',
    'volumes',
  ];
  const all = [
    folder,
    at(renamed),
    at(dropped),
    ...siblings.map(at),
    parent,
    ...siblings.map((name) => (folder ? `${folder}/${name}` : name)),
  ];
  return [...new Set(all)].filter((name) => byFolder.has(name));
}

/** The one image of the mask's folder or of the nearest folder around it that has images at all. */
function onlyOne(folders: readonly string[], { byFolder }: Index): string | undefined {
  const first = folders[0];
  const there = first === undefined ? undefined : byFolder.get(first);
  return there?.length === 1 ? there[0]?.id : undefined;
}

const stemOf = (path: string): string =>
  baseName(path)
    .replace(/(\.nii)?\.[a-z0-9]{1,6}$/i, '')
    .toLowerCase();

/** Names an image goes by: its own, and without what says "image". */
function imageNames(path: string): Set<string> {
  const stem = stemOf(path);
  return new Set(
    [stem, stem.replace(IMAGE_TAIL, ''), stem.replace(IMAGE_HEAD, ''), stem.replace(IMAGE_HEAD, '').replace(IMAGE_TAIL, '')].filter(
      (name) => name !== '',
    ),
  );
}

/** Names the image of this mask may go by, the nearest first: the name itself, then without what says "mask", once and twice. */
function maskNames(path: string): string[] {
  const stem = stemOf(path);
  const bare = stem.replace(MASK_HEAD, '');
  const names = [stem, bare, bare.replace(IMAGE_HEAD, '')];
  for (let name = stem, i = 0; i < 3; i++) {
    const shorter = name.replace(MASK_TAIL, '');
    names.push(shorter, shorter.replace(MASK_HEAD, ''), shorter.replace(MASK_HEAD, '').replace(IMAGE_HEAD, ''));
    if (shorter === name) break;
    name = shorter;
  }
  return [...new Set(names)].filter((name) => name !== '');
}

/** sub-01_ses-2 of a BIDS name. */
function subjectOf(path: string): string | undefined {
  return baseName(path).match(/^sub-[A-Za-z0-9]+(_ses-[A-Za-z0-9]+)?/)?.[0];
}

/** A drawn segment is nearly a finding; a word in the mask's file name is a good hint. An empty mask says nothing here: pixels are not looked at. */
function evidenceOf({ path, segments }: MaskFile): Evidence[] {
  const name = baseName(path);
  return NAMES.flatMap(([question, pattern]): Evidence[] => {
    const segment = segments.find((label) => pattern.test(label));
    if (segment !== undefined) return [voice(question, 3.5, 'header', `segment “${segment.slice(0, 80)}” of ${name}`)];
    return pattern.test(name) ? [voice(question, 2.2, 'path', `mask file ${name}`)] : [];
  });
}

function voice(question: FeatureKind, logOdds: number, from: 'header' | 'path', because: string): Evidence {
  return { question, value: 'yes', logOdds, from, by: 'masks', because };
}
