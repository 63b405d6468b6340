// Files and folders of this computer: the drop zone and the two pickers.
import { Button } from '@mantine/core';
import { type DragEvent, useRef, useState } from 'react';
import type { Given } from '../../jobs/jobs.ts';
import { Files, Folder } from '../shell/icons.tsx';
import { givenFromDrop, givenFromFiles } from './given.ts';
import styles from './start.module.css';

interface LocalProps {
  onGiven(given: readonly Given[]): void;
}

/** Chromium's folder picker reads lazily and asks nothing about an "upload"; elsewhere the input does. */
async function pickFolder(): Promise<Given | 'closed' | undefined> {
  if (!('showDirectoryPicker' in window)) return undefined;
  try {
    return { kind: 'folder', handle: await (window.showDirectoryPicker as () => Promise<FileSystemDirectoryHandle>)() };
  } catch (thrown) {
    return thrown instanceof DOMException && thrown.name === 'AbortError' ? 'closed' : undefined;
  }
}

export function Local({ onGiven }: LocalProps) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const chosen = (list: FileList | null) => {
    const given = givenFromFiles(list);
    if (given) onGiven([given]);
  };
  const choose = async () => {
    const picked = await pickFolder();
    if (picked === undefined) folder.current?.click();
    else if (picked !== 'closed') onGiven([picked]);
  };
  return (
    <DropZone onGiven={onGiven}>
      <p className={styles.dropText}>
        <strong>Drop a folder or files here</strong>
        <span>Read where they lie; nothing is sent.</span>
      </p>
      <div className={styles.pickers}>
        <Button variant="default" leftSection={<Folder />} onClick={choose}>
          Choose folder
        </Button>
        <Button variant="default" leftSection={<Files />} onClick={() => files.current?.click()}>
          Choose files
        </Button>
      </div>
      <input
        ref={files}
        className="m-hidden"
        type="file"
        multiple
        tabIndex={-1}
        aria-label="Files"
        onChange={(event) => chosen(event.currentTarget.files)}
      />
      <input
        ref={folder}
        className="m-hidden"
        type="file"
        webkitdirectory=""
        tabIndex={-1}
        aria-label="Folder"
        onChange={(event) => chosen(event.currentTarget.files)}
      />
    </DropZone>
  );
}

function DropZone({ onGiven, children }: LocalProps & { children: React.ReactNode }) {
  const [over, setOver] = useState(false);
  const drop = async (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const given = await givenFromDrop(event.dataTransfer);
    if (given.length) onGiven(given);
  };
  const drag = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  return (
    <section
      className={styles.drop}
      aria-label="Files of this computer"
      data-over={over || undefined}
      onDragOver={drag}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {children}
    </section>
  );
}

declare module 'react' {
  interface InputHTMLAttributes<T> {
    webkitdirectory?: T extends HTMLInputElement ? string : never;
  }
}
