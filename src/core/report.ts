// The analysis report (docs/report.schema.json, version 1) as a stream of JSON text: a hundred thousand items need no giant string.
// Counts come last because they are counted while the rest is written; they cannot disagree with it.
import { corrected, standing } from './correction.ts';
import { type Evidence, FEATURE_KINDS, type Feature, type Label } from './evidence.ts';
import type { FileRecord, Item } from './item.ts';
import { logistic } from './log-odds.ts';
import type { Correction, Run } from './run.ts';
import { ancestors, DIMENSIONS, groupOf } from './vocabulary.ts';

export interface ReportInput {
  readonly run: Run;
  /** Version of the app that writes it. */
  readonly app: string;
  readonly items: AsyncIterable<readonly Item[]>;
  readonly files: AsyncIterable<readonly FileRecord[]>;
  readonly corrections: readonly Correction[];
  /** ISO 8601; stands for the end of a run that has none yet. */
  readonly now?: string | undefined;
}

const FURTHER = ['sequence', 'contrast', 'plane'] as const;
const SIGNED =
  /^(x-amz-|x-goog-|x-oss-|sig$|signature|se$|sp$|sv$|st$|spr$|key-pair-id|policy|expires|token|access_?token|auth|awsaccesskeyid|googleaccessid|key$|api_?key|rlkey)/i;

/** The link without a signed query, password or fragment: what may be written down and passed on. */
export function openUrl(url: string): string {
  const bare = url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1').replace(/#.*$/s, '');
  const mark = bare.indexOf('?');
  if (mark < 0) return bare;
  const names = bare
    .slice(mark + 1)
    .split('&')
    .map((pair) => pair.split('=', 1)[0] ?? '');
  return names.some((name) => SIGNED.test(name)) ? bare.slice(0, mark) : bare;
}

const rounded = (value: number): number => Number(value.toFixed(4));
const bounded = (value: number): number => rounded(Math.min(1, Math.max(0, Number.isFinite(value) ? value : 0)));

const evidenceJson = (piece: Evidence) => ({
  from: piece.from,
  value: piece.value,
  confidence: bounded(logistic(piece.logOdds)),
  detail: piece.because,
});

const labelJson = (label: Label) => ({
  value: label.value,
  confidence: bounded(label.confidence),
  conflict: label.conflict,
  // What is told and not weighed has no strength of its own to report.
  evidence: label.evidence.filter(({ logOdds }) => logOdds !== 0).map(evidenceJson),
});

function featureJson(feature: Feature) {
  const { kind, examined, present, probability, by, why, areaFraction, volumeMl, mask } = feature;
  return {
    kind,
    examined,
    present: examined ? present : null,
    probability: examined && probability !== null ? bounded(probability) : null,
    by,
    why,
    ...(areaFraction === undefined ? {} : { areaFraction }),
    ...(volumeMl === undefined ? {} : { volumeMl }),
    ...(mask === undefined ? {} : { mask }),
  };
}

const unexamined = (kind: Feature['kind']): Feature => ({
  kind,
  examined: false,
  present: null,
  probability: null,
  by: null,
  why: 'Nothing here examines such an image for it.',
});

/** The contract knows no unknown dimension: where nobody answered, the number of images decides. */
function dimensionOf(item: Item): string {
  const { value } = item.labels.dimension;
  if (DIMENSIONS.some(({ code }) => code === value)) return value;
  return item.shape.slice(2).some((length) => length >= 3) ? '3D' : '2D';
}

function itemJson(item: Item) {
  const { dimension, modality, anatomy } = item.labels;
  const further = FURTHER.flatMap((question) => {
    const label = item.labels[question];
    return label && label.value !== 'UNKNOWN' ? [[question, labelJson(label)] as const] : [];
  });
  return {
    id: item.id,
    name: item.name,
    paths: item.parts.map((part) => part.path),
    format: item.format,
    dimension: { ...labelJson(dimension), value: dimensionOf(item) },
    modality: { ...labelJson(modality), group: groupOf(modality.value) },
    anatomy: { ...labelJson(anatomy), ancestors: ancestors(anatomy.value) },
    features: FEATURE_KINDS.map((kind) => featureJson(item.features.find((feature) => feature.kind === kind) ?? unexamined(kind))),
    shape: item.shape.map(Math.trunc),
    spacingMm: item.spacingMm,
    warnings: [...new Set(item.undecoded === undefined ? item.warnings : [...item.warnings, item.undecoded])],
    ...(further.length ? { further: Object.fromEntries(further) } : {}),
  };
}

function fileJson(file: FileRecord) {
  const failed = file.status === 'unreadable' || file.status === 'skipped';
  return {
    path: file.path,
    status: file.status,
    ...(failed ? { reason: file.because ?? 'Nobody said why.' } : {}),
    bytes: file.bytes,
    ...(file.pixelSha256 ? { pixelSha256: file.pixelSha256 } : {}),
  };
}

function sourcesOf(run: Run): { url: string; kind: string }[] {
  const opened = run.sources.map(({ url, kind }) => ({ url: openUrl(url), kind }));
  if (opened.length) return opened;
  return run.given.length ? run.given.map((url) => ({ url: openUrl(url), kind: 'unknown' })) : [{ url: 'local', kind: 'local' }];
}

function headJson({ run, app, now }: ReportInput) {
  return {
    schema: 'medley.report/1',
    app,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt ?? now ?? run.startedAt,
    bytes: { fetched: run.progress.fetched, total: run.progress.held },
    sources: sourcesOf(run),
    models: run.models.map(({ id, sha256, provider }) => ({ id, sha256, provider })),
  };
}

/** One array of the report, an element a line. `key` values that come again are left out: each file and each item once. */
async function* arrayPieces<T>(
  batches: AsyncIterable<readonly T[]>,
  { key, json }: { key: (one: T) => string; json: (one: T) => unknown },
) {
  const seen = new Set<string>();
  for await (const batch of batches) {
    let text = '';
    for (const one of batch) {
      if (seen.has(key(one))) continue;
      text += `${seen.size ? ',\n' : '\n'}${JSON.stringify(json(one))}`;
      seen.add(key(one));
    }
    if (text) yield text;
  }
}

/** The report's JSON text in pieces of at most a batch each; joined, they are one JSON object that ends in a line break. */
export async function* reportPieces(input: ReportInput): AsyncGenerator<string> {
  const corrections = standing(input.corrections);
  const counts = { files: 0, items: 0, unreadable: 0, skipped: 0 };
  yield `${JSON.stringify(headJson(input)).slice(0, -1)},\n"items":[`;
  yield* arrayPieces(input.items, {
    key: (item) => item.id,
    json: (item) => {
      counts.items++;
      return itemJson(corrected(item, corrections));
    },
  });
  yield '\n],\n"files":[';
  yield* arrayPieces(input.files, {
    key: (file) => file.path,
    json: (file) => {
      counts.files++;
      if (file.status === 'unreadable' || file.status === 'skipped') counts[file.status]++;
      return fileJson(file);
    },
  });
  yield `\n],\n"counts":${JSON.stringify(counts)}}\n`;
}
