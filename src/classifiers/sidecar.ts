// What small files beside an image say of it: BIDS JSON, participants.tsv, dataset_description.json, labels.csv and their like.
// Tables arrive cut down to their head and the rows that name the image (or one of its folders).
import type { Classifier, Seen, SideFile } from '../core/classifier.ts';
import { baseName } from '../core/entry.ts';
import { type Evidence, FEATURE_KINDS, type FeatureKind, type Question } from '../core/evidence.ts';
import { modalityOf, regionsOf } from '../core/vocabulary.ts';
import { LESION_WORDS, TUMOUR_WORDS, VESSEL_WORDS } from './words/findings.ts';
import { type Compiled, plain } from './words/match.ts';
import { MODALITY_WORDS } from './words/modality.ts';
import { SEQUENCE_WORDS } from './words/mr.ts';
import { anatomyIn, presenceIn, valuesIn } from './words/voices.ts';

const BY = 'sidecar';
const LEXICONS: Readonly<Record<FeatureKind, Compiled>> = { tumour: TUMOUR_WORDS, lesion: LESION_WORDS, vessels: VESSEL_WORDS };
const MODALITY_COLUMN = /^(modality|modalities|imaging_?type|image_?type|scan_?type|suffix|modalitaet|modalitat)$/;
const ANATOMY_COLUMN =
  /^(body_?part(_?examined)?|anatomy|anatomical_?(site|region)|anatom_site.*|organ|region|site|localization|localisation|location|view|body_?site|koerperteil|organe|organo)$/;
const FINDING_COLUMN =
  /^(label|labels|class|classes|diagnosis|diagnostic|diagnose|dx|finding|findings|finding_?labels?|pathology|pathologie|category|target|annotation|disease|type|condition|abnormality|lesion_?type|birads|impression)$/;
const FEATURE_COLUMN: readonly (readonly [RegExp, FeatureKind])[] = [
  [/^(tumou?r|cancer|malignan(t|cy)|neoplas(m|ia)|mass|nodule|melanoma|nodule\/mass|polyp|has_?tumou?r|metastas(is|es))$/, 'tumour'],
  [
    /^(lesion|stroke|ha?emorrhage|infarct|any_?ha?emorrhage|fracture|pneumonia|covid.*|opacity|lung_opacity|consolidation|infiltration|effusion|pleural_effusion|pneumothorax|ich|epidural|subdural|intraventricular|intraparenchymal|subarachnoid|microaneurysms?|ms)$/,
    'lesion',
  ],
];

interface Table {
  readonly head: readonly string[];
  readonly row: readonly string[];
  readonly name: string;
}

function voice(question: Question, value: string, logOdds: number, because: string): Evidence {
  return { question, value, logOdds, from: 'sidecar', by: BY, because };
}

/** One line of a table into cells; quotes are respected, lines inside quotes are not met in one row. */
export function cells(line: string, separator: string): string[] {
  const out: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const letter = line[i] ?? '';
    if (letter === '"') {
      if (quoted && line[i + 1] === '"') cell += line[i++];
      else quoted = !quoted;
    } else if (letter === separator && !quoted) {
      out.push(cell.trim());
      cell = '';
    } else cell += letter;
  }
  return [...out, cell.trim()];
}

function tableOf({ path, text }: SideFile, paths: readonly string[]): Table | undefined {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  const [first, ...rows] = lines;
  if (first === undefined || rows.length === 0) return undefined;
  const separator = first.includes('\t') ? '\t' : first.includes(';') && !first.includes(',') ? ';' : ',';
  const names = namesOf(paths[0] ?? '');
  const row = rows.map((line) => cells(line, separator)).find((line) => line.some((cell) => names.has(stem(cell))));
  return row && { head: cells(first, separator).map((cell) => plain(cell).replace(/[\s-]+/g, '_')), row, name: baseName(path) };
}

const stem = (name: string): string =>
  baseName(name.trim())
    .replace(/(\.nii)?\.[a-z0-9]{1,6}$/i, '')
    .toLowerCase();

/** What a row may call an image: its name, its folders, its BIDS subject. */
function namesOf(path: string): ReadonlySet<string> {
  return new Set([stem(path), ...path.toLowerCase().split('/').slice(0, -1)].filter((name) => name !== ''));
}

function byTable(table: Table): Evidence[] {
  return table.head.flatMap((column, i) => {
    const cell = table.row[i] ?? '';
    if (cell === '') return [];
    const what = `${table.name}: ${column} = ${cell.slice(0, 60)}`;
    const speaker = { from: 'sidecar', by: BY, odds: 2.5, what } as const;
    if (MODALITY_COLUMN.test(column)) {
      const known = modalityOf(cell);
      return known ? [voice('modality', known, 3, what)] : valuesIn(cell, { question: 'modality', lexicon: MODALITY_WORDS, speaker });
    }
    if (ANATOMY_COLUMN.test(column)) {
      const [known] = regionsOf(cell);
      return known ? [voice('anatomy', known, 2.6, what)] : anatomyIn(cell, speaker);
    }
    const feature = FEATURE_COLUMN.find(([pattern]) => pattern.test(column));
    if (feature) return byFlag(feature[1], cell, what);
    return FINDING_COLUMN.test(column)
      ? FEATURE_KINDS.flatMap((question) => presenceIn(cell, { question, lexicon: LEXICONS[question], speaker }))
      : [];
  });
}

/** A column named for a finding that holds 0/1, yes/no; -1 is "uncertain" in CheXpert and says nothing. */
function byFlag(kind: FeatureKind, cell: string, what: string): Evidence[] {
  if (/^(1|1\.0|true|yes|y|present|positive|ja|oui|si)$/i.test(cell)) return [voice(kind, 'yes', 3, what)];
  return /^(0|0\.0|false|no|n|absent|negative|nein|non)$/i.test(cell) ? [voice(kind, 'no', 2, what)] : [];
}

/** BIDS metadata: fields named as DICOM's keywords; times in seconds. */
function byJson({ path, text }: SideFile): Evidence[] {
  const fields = parse(text);
  if (!fields) return [];
  const name = baseName(path);
  const get = (key: string): string => (typeof fields[key] === 'string' || typeof fields[key] === 'number' ? String(fields[key]) : '');
  const because = (key: string): string => `${name}: ${key} = ${get(key).slice(0, 80)}`;
  const out: Evidence[] = [];
  const modality = modalityOf(get('Modality'));
  if (modality) out.push(voice('modality', modality, 4.5, because('Modality')));
  for (const key of ['MagneticFieldStrength', 'EchoTime', 'PulseSequenceType', 'FlipAngle'])
    if (!modality && get(key)) out.push(voice('modality', 'MR', 2.5, because(key)));
  if (!modality && fields.TracerName !== undefined) out.push(voice('modality', 'PT', 3, because('TracerName')));
  const part = get('BodyPartExamined') || get('BodyPart') || get('BodyPartMeasured');
  const regions = regionsOf(part);
  if (part)
    out.push(
      ...(regions[0]
        ? [voice('anatomy', regions[0], 2.8, `${name}: body part = ${part}`)]
        : anatomyIn(part, { from: 'sidecar', by: BY, odds: 2.4, what: `${name}: body part = ${part}` })),
    );
  for (const [key, odds] of [
    ['SeriesDescription', 2.2],
    ['ProtocolName', 1.9],
    ['PulseSequenceDetails', 1.4],
    ['TaskName', 0.6],
    ['Name', 1],
    ['name', 1.4],
    ['description', 1],
  ] as const) {
    if (!get(key)) continue;
    const speaker = { from: 'sidecar', by: BY, odds, what: because(key) } as const;
    out.push(...anatomyIn(get(key), speaker), ...valuesIn(get(key), { question: 'sequence', lexicon: SEQUENCE_WORDS, speaker }));
    if (!modality)
      out.push(...valuesIn(get(key), { question: 'modality', lexicon: MODALITY_WORDS, speaker: { ...speaker, odds: odds * 0.7 } }));
  }
  if (get('TaskName')) out.push(voice('sequence', 'BOLD', 2, because('TaskName')));
  if (get('ContrastBolusIngredient')) out.push(voice('contrast', 'yes', 3, because('ContrastBolusIngredient')));
  return out.concat(byChannels(fields, name));
}

/** Medical Segmentation Decathlon's dataset.json: "modality": { "0": "CT" }, "name": "Liver". nnU-Net writes channel_names. */
function byChannels(fields: Readonly<Record<string, unknown>>, name: string): Evidence[] {
  const channels = fields.modality ?? fields.channel_names;
  if (typeof channels !== 'object' || channels === null) return typeof channels === 'string' ? channel(channels, name) : [];
  return Object.values(channels)
    .slice(0, 1)
    .flatMap((said) => (typeof said === 'string' ? channel(said, name) : []));
}

function channel(said: string, name: string): Evidence[] {
  const what = `${name}: modality = ${said.slice(0, 40)}`;
  const known = modalityOf(said);
  return known
    ? [voice('modality', known, 3.5, what)]
    : valuesIn(said, { question: 'modality', lexicon: MODALITY_WORDS, speaker: { from: 'sidecar', by: BY, odds: 2.5, what } });
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function classify({ sideFiles, paths }: Seen): Evidence[] {
  return sideFiles.flatMap((file) => {
    if (/\.json$/i.test(file.path)) return byJson(file);
    if (!/\.(csv|tsv)$/i.test(file.path)) return [];
    const table = tableOf(file, paths);
    return table ? byTable(table) : [];
  });
}

export default {
  id: BY,
  answers: ['modality', 'anatomy', 'sequence', 'contrast', ...FEATURE_KINDS],
  needs: 'header',
  classify,
} satisfies Classifier;
