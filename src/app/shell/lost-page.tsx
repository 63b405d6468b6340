// An address that leads nowhere.
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import styles from './shell.module.css';

export function LostPage() {
  return (
    <section className={styles.lost}>
      <h1>There is nothing at this address</h1>
      <p>The link may be mistyped, or what it led to was deleted on this device.</p>
      <Button component={Link} to="/">
        Go to the start page
      </Button>
    </section>
  );
}
