// Start: the question, the URL bar, what can be read, examples, and what was read before.
import { useDocumentTitle, useNetwork } from '@mantine/hooks';
import { Local } from './local.tsx';
import { Recent } from './recent.tsx';
import { Samples } from './samples.tsx';
import styles from './start.module.css';
import { UrlBar } from './url-bar.tsx';
import { useAnalyse } from './use-analyse.ts';

/** Only what works. */
const SOURCES = ['file', 'zip', 'tar.gz', 'web folder', 'S3-style listing', 'local folder'];
const FORMATS = ['DICOM', 'NIfTI', 'NRRD', 'MetaImage', 'Analyze', 'TIFF', 'PNG', 'JPEG'];

export function StartPage() {
  useDocumentTitle('Medley');
  const analyse = useAnalyse();
  const { online } = useNetwork();
  return (
    <div className={styles.page}>
      <h1 className={styles.question}>What is in this dataset?</h1>
      <p className={styles.lead}>
        Paste a link to medical images. Medley reads just enough of it, here in your browser, to tell modality, anatomy, dimension and
        findings.
      </p>
      {!online && (
        <p className={styles.offline}>You are offline. Files and folders of this computer, and the runs below, still work; links do not.</p>
      )}
      <UrlBar size="lg" placeholder="Paste a link to a file, zip or folder…" autoFocus />
      <p className={styles.hint}>Several links? One a line, or with spaces between.</p>
      <Local onGiven={analyse} />
      <Samples />
      <dl className={styles.reads}>
        <div>
          <dt>Reads</dt>
          <dd>{SOURCES.join(' · ')}</dd>
        </div>
        <div>
          <dt>Knows</dt>
          <dd>{FORMATS.join(' · ')}</dd>
        </div>
      </dl>
      <Recent />
    </div>
  );
}
