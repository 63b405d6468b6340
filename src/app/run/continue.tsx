// Going on with a run that did not reach its end: by its links, by a folder that the browser remembers, or by choosing it again.
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Run } from '../../core/run.ts';
import type { Given } from '../../jobs/jobs.ts';
import { mayRead } from '../../jobs/permission.ts';
import { Local } from '../start/local.tsx';
import { useAnalyse } from '../start/use-analyse.ts';

export function Continue({ run, what }: { run: Run; what: string }) {
  const analyse = useAnalyse();
  const [refused, setRefused] = useState(false);
  const folders = (run.folders ?? []) as readonly FileSystemDirectoryHandle[];
  const links = run.given.map((url): Given => ({ kind: 'url', url }));
  if (!links.length && (!folders.length || refused)) {
    return (
      <>
        <p>
          {what} {refused ? 'The browser did not allow it to be read again' : 'Browsers forget folders'}: choose the same folder again to
          continue where it was. What is known already is not read again.
        </p>
        <Local onGiven={(given) => analyse(given, { resume: run.id })} />
      </>
    );
  }
  const go = async () => {
    if (links.length) analyse(links, { resume: run.id });
    else if (await mayRead(folders, { ask: true }))
      analyse(
        folders.map((handle): Given => ({ kind: 'folder', handle })),
        { resume: run.id },
      );
    else setRefused(true);
  };
  return (
    <>
      <p>{what} What was read is kept and will not be fetched again.</p>
      <Button size="compact-sm" onClick={() => void go()}>
        Continue where it was
      </Button>
    </>
  );
}
