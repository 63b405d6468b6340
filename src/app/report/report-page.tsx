// The report for people: what was analysed, what is in it, what could not be read, and how to take it. Prints on paper.
import { Button, Skeleton } from '@mantine/core';
import { formatName, modalityName } from '../../charts/names.ts';
import type { FileStatus } from '../../core/item.ts';
import type { Run } from '../../core/run.ts';
import { valueName } from '../details/words.ts';
import { bytes, count, counted } from '../numbers.ts';
import { useServices } from '../services.tsx';
import { ModelsUsed } from './models-used.tsx';
import css from './report.module.css';
import { CountTable, FeatureTable, Reasons } from './report-tables.tsx';
import { byGroup, type Summary } from './summary.ts';
import { useReport } from './use-report.ts';
import { APP_VERSION } from './version.ts';

export function ReportPage({ runId }: { runId: string }) {
  const { store } = useServices();
  const report = useReport(store, runId);
  if (report === undefined) return <Skeleton height={420} my="lg" />;
  if (report === null) return <p className={css.note}>This run cannot be read from this browser’s storage.</p>;
  const { run, summary } = report;
  return (
    <article className={css.report}>
      <header className={css.head}>
        <div>
          <p className={css.kicker}>Dataset report</p>
          <h2 className={css.title}>{run.name}</h2>
        </div>
        <Button variant="default" className={css.print} onClick={() => globalThis.print()}>
          Print
        </Button>
      </header>
      <p className={css.lead}>{leadOf(summary)}</p>
      <Origin run={run} summary={summary} />
      <div className={css.columns}>
        <CountTable title="Modality" counts={byGroup(summary.modality)} nameOf={modalityName} total={summary.items} />
        <CountTable title="Dimension" counts={summary.dimension} nameOf={(value) => valueName('dimension', value)} total={summary.items} />
        <CountTable title="Anatomy" counts={summary.anatomy} nameOf={(value) => valueName('anatomy', value)} total={summary.items} />
        <CountTable
          title="Modality in detail"
          counts={summary.modality}
          nameOf={(value) => valueName('modality', value)}
          total={summary.items}
        />
        <CountTable title="MR sequence" counts={summary.sequence} nameOf={(value) => valueName('sequence', value)} total={summary.items} />
        <CountTable
          title="Contrast agent"
          counts={summary.contrast}
          nameOf={(value) => valueName('contrast', value)}
          total={summary.items}
        />
        <CountTable title="File format" counts={summary.formats} nameOf={formatName} total={summary.items} />
        <FeatureTable features={summary.features} outlined={summary.outlined} />
      </div>
      {summary.unexamined.size ? <Reasons title="Why features were not examined" what="item" reasons={summary.unexamined} none="" /> : null}
      <Quality summary={summary} />
      <Reasons title="Unreadable" what="file" reasons={summary.unreadable} none="Every file could be read." />
      {summary.skipped.size ? <Reasons title="Skipped" what="file" reasons={summary.skipped} none="" /> : null}
      <ModelsUsed models={run.models} />
      <Notes run={run} />
    </article>
  );
}

function leadOf(summary: Summary): string {
  if (summary.items === 0) return `No images were found among ${counted(summary.files, 'file')}.`;
  const groups = [...byGroup(summary.modality)].sort(([, a], [, b]) => b.items - a.items).filter(([name]) => name !== 'Unknown');
  const most = groups.slice(0, 3).map(([name, one]) => `${count(one.items)} ${modalityName(name)}`);
  const words = most.length > 1 ? `${most.slice(0, -1).join(', ')} and ${most.at(-1)}` : (most[0] ?? 'none of a known kind');
  const among = groups.length > 3 ? ', among others' : '';
  return `${counted(summary.items, 'item')} with ${counted(summary.images, 'image')} in ${counted(summary.files, 'file')}: ${words}${among}.`;
}

const STATES: Readonly<Record<Run['state'], string>> = {
  running: 'still running',
  paused: 'paused',
  interrupted: 'interrupted before the end',
  stopped: 'stopped by you before the end',
  done: 'complete',
  failed: 'failed',
};

const moment = (iso: string): string => new Date(iso).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });

function Origin({ run, summary }: { run: Run; summary: Summary }) {
  const { fetched, held, requests } = run.progress;
  const share = held ? ` of ${bytes(held)} held` : '';
  return (
    <dl className={css.facts}>
      <div className={css.wide}>
        <dt>{run.sources.length > 1 ? 'Sources' : 'Source'}</dt>
        {run.sources.length ? (
          run.sources.map((source) => <dd key={source.url}>{placeOf(source)}</dd>)
        ) : (
          <dd>{run.given.join(', ') || 'files of this computer'}</dd>
        )}
      </div>
      <Fact name="Analysed" value={moment(run.startedAt)} />
      {run.finishedAt ? <Fact name="Ended" value={moment(run.finishedAt)} /> : null}
      <Fact name="State" value={run.because ? `${STATES[run.state]}: ${run.because}` : STATES[run.state]} />
      <Fact name="Fetched" value={requests ? `${bytes(fetched)}${share} in ${counted(requests, 'request')}` : 'nothing'} />
      <Fact name="Files" value={statusLine(summary)} />
      <Fact name="Made by" value={`Medley ${APP_VERSION}, ${run.models.length ? counted(run.models.length, 'model') : 'no models'}`} />
    </dl>
  );
}

/** "https://… (zip)"; what lies here has a name only. */
const placeOf = ({ url, kind }: Run['sources'][number]): string =>
  kind === 'local' ? `${url.replace(/^local:/, '')} (on this computer)` : `${url} (${kind})`;

const STATUS_WORDS: readonly (readonly [FileStatus, string, string])[] = [
  ['image', 'of images', 'of images'],
  ['mask', 'mask', 'masks'],
  ['container', 'archive', 'archives'],
  ['non-image', 'not an image', 'not images'],
  ['unreadable', 'unreadable', 'unreadable'],
  ['skipped', 'skipped', 'skipped'],
];

function statusLine(summary: Summary): string {
  const parts = STATUS_WORDS.flatMap(([status, one, many]) => {
    const number = summary.statuses.get(status);
    return number ? [`${count(number)} ${number === 1 ? one : many}`] : [];
  });
  return `${count(summary.files)}${parts.length ? `: ${parts.join(', ')}` : ''}`;
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function comparison({ compared, differing, differingOn }: Summary): string {
  const where = compared === 1 ? 'the one item' : `all ${counted(compared, 'item')}`;
  if (!differing) return `Header and picture agree on ${where} that could be compared.`;
  const on = [...differingOn].map(([question, items]) => `${question} ${count(items)}`).join(', ');
  return `Header and picture disagree on ${count(differing)} of ${counted(compared, 'item')} that could be compared: ${on}.`;
}

function Quality({ summary }: { summary: Summary }) {
  return (
    <>
      <Reasons title="Quality notes" what="item" reasons={summary.warnings} none="No item carries a warning.">
        {summary.compared ? <li>{comparison(summary)}</li> : null}
        {summary.conflicts ? <li>Strong evidence of any kind disagrees on labels of {counted(summary.conflicts, 'item')}.</li> : null}
        {summary.correctedItems ? <li>Labels of {counted(summary.correctedItems, 'item')} were corrected by a person.</li> : null}
        {summary.masks ? (
          <li>
            {summary.masks === 1
              ? '1 mask file belongs to an image and is not counted as one'
              : `${count(summary.masks)} mask files belong to images and are not counted as such`}
            .
          </li>
        ) : null}
      </Reasons>
      {summary.undecoded.size ? (
        <Reasons title="Recognised, but pixels not decoded" what="item" reasons={summary.undecoded} none="" />
      ) : null}
    </>
  );
}

function Notes({ run }: { run: Run }) {
  return (
    <section className={css.section}>
      <h3>About these labels</h3>
      {run.notices.length ? (
        <ul className={css.list}>
          {run.notices.map((notice) => (
            <li key={`${notice.code}${notice.path ?? ''}${notice.because}`}>{notice.because}</li>
          ))}
        </ul>
      ) : null}
      <p>
        Each label is weighed from independent evidence: what headers say, where slices lie, what voxel values look like, what files beside
        the images say, and how paths and names read{run.models.length ? ', and models that look at the picture' : ''}. Tumours, other
        lesions and vessels are looked for only in images for which a model was taught; elsewhere the report says that nobody looked. Strong
        voices that disagree are shown as a conflict; too little evidence leaves the label unknown. A person’s correction wins, and the
        machine’s answer stays beside it. All of this happened in the browser; no image left this computer.
      </p>
      <p className={css.use}>For research and data curation only. Not a medical device; labels and features are no diagnosis.</p>
    </section>
  );
}
