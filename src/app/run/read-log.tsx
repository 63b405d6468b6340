// "How it was read": the log of a run as text to read and to copy.
import type { Run } from '../../core/run.ts';
import { Copy } from '../details/copy.tsx';
import { APP_VERSION } from '../report/version.ts';
import { readLog } from './read-log.ts';
import styles from './run.module.css';

export function ReadLog({ run }: { run: Run }) {
  const text = readLog(run, { app: APP_VERSION });
  return (
    <details className={styles.log}>
      <summary>Log</summary>
      <div className={styles.logText}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
        <pre tabIndex={0}>{text}</pre>
        <Copy what="the log" text={text} />
      </div>
    </details>
  );
}
