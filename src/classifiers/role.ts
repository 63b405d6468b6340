// Whether a file is the mask of another image, by its name, its folder and its header. Precision first: a mask taken for an image is seen on the page,
// an image taken for a mask is lost from it.
import type { Classifier, Seen } from '../core/classifier.ts';
import type { Evidence } from '../core/evidence.ts';
import { partsOf } from './words/path-words.ts';

const BY = 'role';

/** Name endings and beginnings that only masks carry; log-odds. */
const NAMES: readonly (readonly [RegExp, number])[] = [
  [
    /(^|[ _.-])(mask|masks|seg|segmentation|segmentations|segm|dseg|labelmap|label_map|groundtruth|ground_truth|roi_mask|manual1|manual2|1stho|2ndho|labels?)([ _.-]?\d{0,3})?$/i,
    2.5,
  ],
  [
    /(^|[ _.-])(gt|annotation|annotations|contour|roi|lbl|brainmask|lesion_?mask|tumou?r_?mask|vessel_?mask|liver_?mask)([ _.-]?\d{0,3})?$/i,
    2,
  ],
  [/^(seg|mask|label|segmentation|lbl|gt)[ _.-]/i, 2],
  [/(^|[ _.-])(aseg|aparc|aparc\+aseg|aparc\.a2009s|wmparc|ribbon|brainmask)(\W|_|$)/i, 3],
  [/(^|_)(probseg|dseg|mask)$/, 3],
  [/_seg(mentation)?_?(\w{0,12})$/i, 1.6],
];
/** Folders that hold nothing but masks. */
const FOLDERS: readonly (readonly [RegExp, number])[] = [
  [/^(labelsTr|labelsTs|labelsTe|labelsVal)$/, 4],
  [
    /^(masks?|segmentations?|labels?_?maps?|ground_?truths?|gts?|segs?|manual|1st_manual|2nd_manual|annotations?_?masks?|SegmentationClass|SegmentationObject|annots?_?png|masks?_png|manual_?masks?|lesion_?masks?|.*_masks?|masks?_.*|.*segmentation_?groundtruth.*|.*_GroundTruth)$/i,
    2.5,
  ],
  [/^(annotations?|labels?|gt_.*|.*_gt|.*_labels)$/i, 1],
];
/** Words that make a "mask" an image: masked images, mask R-CNN, faces with masks, X-ray plates with labels. */
const NOT_MASK =
  /mask(ed|ing|rcnn|[ _-]r[ _-]?cnn)|unmask|face[ _-]?mask|(no|with|wearing|in)[ _-]?mask|without[ _-]?mask|defac|(^|[ _-])image(s)?$|overlay|label(l)?ed/i;

function voice(value: string, logOdds: number, because: string): Evidence {
  return { question: 'role', value, logOdds, from: 'path', by: BY, because: because.slice(0, 200) };
}

function byName(parts: readonly string[]): Evidence[] {
  const name = (parts.at(-1) ?? '').trim();
  if (NOT_MASK.test(name)) return [voice('image', 2.5, `file name “${name}”`)];
  const found = NAMES.find(([pattern]) => pattern.test(name));
  return found ? [voice('mask', found[1], `file name “${name}”`)] : [];
}

function byFolder(parts: readonly string[]): Evidence[] {
  for (const folder of parts.slice(0, -1).reverse().slice(0, 2)) {
    const found = FOLDERS.find(([pattern]) => pattern.test(folder.trim()));
    if (found) return [voice('mask', found[1], `folder “${folder.trim()}”`)];
    if (/^(images?|imagesTr|imagesTs|img|imgs|original|originals|raw|anat|func|dwi|fmap)$/i.test(folder))
      return [voice('image', 2, `folder “${folder}”`)];
  }
  return [];
}

/** A label volume or a one-channel mask picture; colour photographs and floating-point volumes are hardly ever masks. */
function byHeader({ header }: Seen): Evidence[] {
  const { tags, shape, format } = header;
  const because = (what: string): Pick<Evidence, 'from' | 'because'> => ({ from: 'header', because: what.slice(0, 200) });
  const intent = String(tags.intent_code ?? '');
  if (intent === '1002' || /label/i.test(String(tags.intent_name ?? '')))
    return [{ ...voice('mask', 2, ''), ...because('NIfTI intent = label') }];
  if (header.role === 'mask') return [{ ...voice('mask', 5, ''), ...because(header.what ?? 'the header says so') }];
  if (format === 'dicom' && tags.Modality !== undefined && tags.Modality !== 'SEG')
    return [
      { ...voice('image', /^(OT|SC)?$/.test(String(tags.Modality)) ? 1 : 8, ''), ...because(`(0008,0060) Modality = ${tags.Modality}`) },
    ];
  if (shape?.bits === 1) return [{ ...voice('mask', 1, ''), ...because('one bit a pixel') }];
  if (shape && shape.samples >= 3 && format === 'jpeg') return [{ ...voice('image', 1.2, ''), ...because('a colour JPEG') }];
  return [];
}

function classify(seen: Seen): Evidence[] {
  const path = seen.paths[0];
  const parts = path === undefined ? [] : partsOf(path);
  return [...byName(parts), ...byFolder(parts), ...byHeader(seen)];
}

export default { id: BY, answers: ['role'], needs: 'header', classify } satisfies Classifier;
