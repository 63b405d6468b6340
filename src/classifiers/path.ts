// What folders and file names say: words, names of public datasets, BIDS entities. Weaker than a header; several paths of one item are one voice.

import type { Classifier, Seen } from '../core/classifier.ts';
import type { Evidence, Question } from '../core/evidence.ts';
import { lookup } from '../core/lookup.ts';
import { DATASETS } from './words/datasets.ts';
import { find } from './words/match.ts';
import { MODALITY_WORDS } from './words/modality.ts';
import { partsOf } from './words/path-words.ts';
import { anatomyIn, valuesIn } from './words/voices.ts';

const BY = 'path';
/** Log-odds of a clear word in the file name; folders farther up know less about one file. */
const NAME = 2;
const FOLDER = [1.7, 1.4, 1.1, 0.8];
const DATASET = 2;
/** Names of datasets that people also use as words. */
const UNSURE_DATASET = 0.6;

/** BIDS suffixes and folders (BIDS 1.10, Appendix "Entities" and "Suffixes"). */
const BIDS_SUFFIX = lookup<readonly [string, string]>({
  T1w: ['MR', 'BRAIN'],
  T2w: ['MR', 'BRAIN'],
  FLAIR: ['MR', 'BRAIN'],
  bold: ['MR', 'BRAIN'],
  sbref: ['MR', 'BRAIN'],
  dwi: ['MR', 'BRAIN'],
  T2starw: ['MR', 'BRAIN'],
  PDw: ['MR', 'BRAIN'],
  PDT2: ['MR', 'BRAIN'],
  inplaneT1: ['MR', 'BRAIN'],
  inplaneT2: ['MR', 'BRAIN'],
  asl: ['MR', 'BRAIN'],
  angio: ['MR', 'BRAIN'],
  phasediff: ['MR', 'BRAIN'],
  magnitude1: ['MR', 'BRAIN'],
  magnitude2: ['MR', 'BRAIN'],
  epi: ['MR', 'BRAIN'],
  UNIT1: ['MR', 'BRAIN'],
  MP2RAGE: ['MR', 'BRAIN'],
  T1map: ['MR', 'BRAIN'],
  m0scan: ['MR', 'BRAIN'],
  pet: ['PT', 'BRAIN'],
  ct: ['CT', ''],
  petct: ['PT', ''],
  SEM: ['GM', 'TISSUE'],
  TEM: ['GM', 'TISSUE'],
  BF: ['GM', 'TISSUE'],
  CONF: ['GM', 'TISSUE'],
});

function voice(question: Question, value: string, logOdds: number, because: string): Evidence {
  return { question, value, logOdds, from: 'path', by: BY, because };
}

/** sub-01_ses-2_task-rest_bold → MR of the brain. Other body parts are rare in BIDS, so the brain is only a hint. */
function byBids(parts: readonly string[]): Evidence[] {
  const name = parts.at(-1) ?? '';
  const suffix = name.match(/^sub-[A-Za-z0-9]+_.*?([A-Za-z0-9]+)$/)?.[1] ?? name.match(/^sub-[A-Za-z0-9]+_([A-Za-z0-9]+)$/)?.[1];
  const known = suffix ? BIDS_SUFFIX[suffix] : undefined;
  if (!known) return [];
  const chunk = name.match(/_(?:chunk|body|part)-(\w+?)_/)?.[1] ?? '';
  const because = `BIDS name …_${suffix}`;
  return [voice('modality', known[0], 3, because), ...(known[1] && !chunk ? [voice('anatomy', known[1], 1.6, because)] : [])];
}

function byDataset(parts: readonly string[]): Evidence[] {
  return parts.flatMap((part) =>
    find(part.toLowerCase(), DATASETS).flatMap((hit) =>
      hit.value
        .trim()
        .split(' ')
        .map((pair) => pair.split('='))
        .filter(([question]) => question === 'modality' || question === 'anatomy')
        .map(([question, value]) =>
          voice(
            question as Question,
            value ?? '',
            hit.weight === 1 ? DATASET : UNSURE_DATASET,
            `“${hit.words}” in the path is the name of a dataset`,
          ),
        ),
    ),
  );
}

/** A folder that is a modality's code and nothing else, in capitals: sorted by modality. */
function byCode(parts: readonly string[]): Evidence[] {
  return parts
    .slice(0, -1)
    .flatMap((part) =>
      /^(MR|US|XA|PT|NM|MG|CR|DX|RF|OP|OPT|ES|SM|GM|IVUS|DMS)$/.test(part) ? [voice('modality', part, 1.4, `folder “${part}”`)] : [],
    );
}

/** The name first, then the folders from the nearest. The same word in several places counts once. */
function byWords(parts: readonly string[]): Evidence[] {
  const said = new Map<string, Evidence>();
  for (const [up, part] of [...parts].reverse().entries()) {
    const odds = up === 0 ? NAME : (FOLDER[up - 1] ?? 0.6);
    const speaker = { from: 'path', by: BY, odds, what: up === 0 ? `file name “${part.trim()}”` : `folder “${part.trim()}”` } as const;
    for (const evidence of [...anatomyIn(part, speaker), ...valuesIn(part, { question: 'modality', lexicon: MODALITY_WORDS, speaker })]) {
      const key = `${evidence.question} ${evidence.value}`;
      if (!said.has(key)) said.set(key, evidence);
    }
  }
  return [...said.values()];
}

/** The files of an item share their folders; the name speaks only where all names do, so that IM0001 … IM0100 say nothing new. */
function classify({ paths }: Seen): Evidence[] {
  const path = paths[0];
  if (path === undefined) return [];
  const parts = partsOf(path);
  return [...byBids(parts), ...byDataset(parts), ...byCode(parts), ...byWords(parts)];
}

export default { id: BY, answers: ['modality', 'anatomy'], needs: 'header', classify } satisfies Classifier;
