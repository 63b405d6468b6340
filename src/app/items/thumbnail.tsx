// One picture of the table: asked for when its row stays on screen for a moment, given up when it leaves.
import { useEffect, useRef, useState } from 'react';
import styles from './items.module.css';
import type { Thumbnail, Thumbnails } from './thumbnails.ts';

/** Rows that fly by are not asked for. */
const STAY_MS = 120;

/** `stamp`: changes when the picture should be drawn again (something was found meanwhile). */
export function Picture({ id, stamp, pictures }: { id: string; stamp: string; pictures: Thumbnails }) {
  const [picture, setPicture] = useState<Thumbnail | null | undefined>(() => pictures.peek(id, stamp));
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const kept = pictures.peek(id, stamp);
    setPicture(kept);
    if (kept !== undefined) return;
    let cancel: (() => void) | undefined;
    const timer = setTimeout(() => {
      cancel = pictures.ask({ id, stamp }, (drawn) => setPicture(drawn ?? null));
    }, STAY_MS);
    return () => {
      clearTimeout(timer);
      cancel?.();
    };
  }, [id, stamp, pictures]);
  useEffect(() => {
    if (picture && canvas.current) paint(canvas.current, picture);
  }, [picture]);
  return (
    <span className={styles.picture} data-state={picture ? 'drawn' : picture === null ? 'none' : 'waiting'} aria-hidden="true">
      {picture && <canvas ref={canvas} width={picture.width} height={picture.height} />}
    </span>
  );
}

function paint(canvas: HTMLCanvasElement, { width, height, rgba }: Thumbnail): void {
  const image = new ImageData(width, height);
  image.data.set(rgba);
  canvas.getContext('2d')?.putImageData(image, 0, 0);
}
