// The frame of every screen: name, settings, and the keys that work everywhere.
import { ActionIcon, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet } from '@tanstack/react-router';
import { useServices } from '../services.tsx';
import { Chip, Gear, Keys } from './icons.tsx';
import { Mark } from './logo.tsx';
import styles from './shell.module.css';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { useKeys } from './use-keys.ts';

export function Shell() {
  const [sheet, { open, close }] = useDisclosure(false);
  const { lasting } = useServices();
  useKeys({ '?': open });
  return (
    <>
      <a className={styles.skip} href="#main">
        Skip to content
      </a>
      <header className={styles.header}>
        <Link to="/" className={styles.brand} aria-label="Medley, start page">
          <Mark />
          <span>Medley</span>
        </Link>
        <span className={styles.spring} />
        <Tooltip label="Keyboard shortcuts  ?">
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Keyboard shortcuts" onClick={open}>
            <Keys />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Models">
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Models" component={Link} to="/models">
            <Chip />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Settings">
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Settings" component={Link} to="/settings">
            <Gear />
          </ActionIcon>
        </Tooltip>
      </header>
      {!lasting && (
        <p className={styles.banner}>
          This browser lets us keep nothing on this device. Runs are gone when the tab is closed; export what you need.
        </p>
      )}
      <main id="main" className={styles.main} tabIndex={-1}>
        <Outlet />
        <ShortcutSheet opened={sheet} onClose={close} />
      </main>
      <footer className={styles.footer}>
        <span>Nothing is uploaded. Pixels stay in this browser.</span>
        <span>Not a medical device.</span>
      </footer>
    </>
  );
}
