// The list of keys, opened by "?".
import { Kbd, Modal, Switch } from '@mantine/core';
import styles from './shell.module.css';
import { useSingleKeys } from './use-keys.ts';

const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['/'], 'Go to the URL bar'],
  [['Ctrl', 'Enter'], 'Analyse (⌘ Enter on a Mac)'],
  [['1'], 'Overview'],
  [['2'], 'Items'],
  [['3'], 'Report'],
  [['f'], 'Search the items'],
  [['x'], 'Clear all filters'],
  [['j'], 'Next item'],
  [['k'], 'Previous item'],
  [['Enter'], 'Open an item, switch a filter'],
  [['Esc'], 'Close the item'],
  [['↑', '↓'], 'Slice back, slice on (in the picture)'],
  [['←', '→'], 'Frame back, frame on (in the picture)'],
  [['1', '–', '9'], 'Windows, in the order of their list (in the picture)'],
  [['i'], 'Invert (in the picture)'],
  [['+', '−', '='], 'Zoom in, out, fit (in the picture)'],
  [['m'], 'Outlines on or off'],
  [['n'], 'Next slice with an outline; back with Shift'],
  [['Space'], 'Play frames (in the picture)'],
  [['?'], 'This list'],
];

export function ShortcutSheet({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const [single, setSingle] = useSingleKeys();
  return (
    <Modal
      withinPortal={false}
      opened={opened}
      onClose={onClose}
      title="Keyboard shortcuts"
      closeButtonProps={{ 'aria-label': 'Close' }}
      centered
    >
      <dl className={styles.keys}>
        {KEYS.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <Switch
        checked={single}
        onChange={(event) => setSingle(event.currentTarget.checked)}
        label="Single-key shortcuts"
        description="Switch off if you use speech input or a key is pressed by accident."
      />
    </Modal>
  );
}
