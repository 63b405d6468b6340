// Maximum intensity projection of a volume, as a preview: slices are fetched a few at a time and the picture grows. No volume rendering.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { gridOf } from '../core/item-grid.ts';
import type { Mask } from '../core/mask.ts';
import { sliceBits } from '../core/mask-grid.ts';
import { ALONGS, type Along, createProjecting, type Projection as Picture, type Projecting } from '../core/vesselness/projection.ts';
import { failureOf } from './frames.ts';
import css from './projection.module.css';
import { chunkOf } from './span.ts';
import { type Flips, flipsFor } from './stance.ts';
import { type Place, useOrientation } from './use-frames.ts';

const NAMES: Readonly<Record<Along, string>> = { slices: 'Along the slices', rows: 'Along the rows', columns: 'Along the columns' };
/** Fewer slices make no projection. */
const SLICES = 8;
/** The picture is drawn anew after so many slices. */
const OFTEN = 16;

/** Whether an item can be projected: one grey volume whose pixels can be read. */
export const canProject = ({ item }: Pick<Place, 'item'>): boolean => {
  const { slices, cine } = gridOf(item);
  return item.undecoded === undefined && !cine && slices >= SLICES && item.stored.samples === 1;
};

interface Progress {
  readonly projecting: Projecting | undefined;
  readonly done: number;
  readonly because?: string | undefined;
}

/** Reads the slices one request after the other; ended when the item, the mask or the component goes. */
function useProjecting({ runId, item, jobs, store, within }: Place & { readonly within: Mask | undefined }): Progress {
  const [progress, setProgress] = useState<Progress>({ projecting: undefined, done: 0 });
  useEffect(() => {
    const grid = gridOf(item);
    const [dx = 1, dy = 1, dz = 1] = item.spacingMm ?? [];
    const projecting = createProjecting({ ...grid, spacingMm: [dx, dy, dz] });
    const stop = new AbortController();
    const { signal } = stop;
    const size = grid.columns * grid.rows;
    const values = new Float32Array(size);
    const read = async (): Promise<void> => {
      // Images of a volume in time do not lie side by side.
      const steps = grid.slices > 1 && grid.imageOf(1) === grid.imageOf(0) + 1 ? chunkOf(item) : 1;
      for (let slice = 0, told = 0; slice < grid.slices && !signal.aborted; slice += steps) {
        const count = Math.min(steps, grid.slices - slice);
        const { data, slope, intercept } = await jobs.pixels({ store, runId, item, first: grid.imageOf(slice), count, signal });
        if (signal.aborted) return;
        for (let i = 0; i < count; i++) {
          for (let at = 0; at < size; at++) values[at] = Number(data[i * size + at] ?? 0) * slope + intercept;
          projecting.add(slice + i, values, within && sliceBits(within, slice + i));
        }
        const done = slice + count;
        if (done - told < OFTEN && done < grid.slices) continue;
        told = done;
        setProgress({ projecting, done });
      }
    };
    setProgress({ projecting: undefined, done: 0 });
    read().catch((thrown) => signal.aborted || setProgress({ projecting: undefined, done: 0, because: failureOf(thrown).because }));
    return () => stop.abort();
  }, [runId, item, jobs, store, within]);
  return progress;
}

/** The brightest value along each line through the volume. `masks`: those of the item; where vessels are among them, they can be seen alone. */
export function Projection({ masks, ...place }: Place & { readonly masks: readonly Mask[] }) {
  const [along, setAlong] = useState<Along>('slices');
  const [alone, setAlone] = useState(false);
  const vessels = masks.find(({ kind }) => kind === 'vessels');
  const { projecting, done, because } = useProjecting({ ...place, within: alone ? vessels : undefined });
  const { slices } = useMemo(() => gridOf(place.item), [place.item]);
  // A new picture for every batch of slices.
  const picture = useMemo(() => (done ? projecting?.picture(along) : undefined), [projecting, along, done]);
  const isDone = done >= slices;
  const orientation = useOrientation(place);
  const flips = turned(flipsFor(place.item.format, orientation), along);
  return (
    <section aria-label="Projection" className={css.projection}>
      <div className={css.choices}>
        <select aria-label="Direction of the projection" value={along} onChange={(event) => setAlong(event.target.value as Along)}>
          {ALONGS.map((one) => (
            <option key={one} value={one}>
              {NAMES[one]}
            </option>
          ))}
        </select>
        {vessels ? (
          <label>
            <input type="checkbox" checked={alone} onChange={(event) => setAlone(event.target.checked)} /> Only the outlined vessels
          </label>
        ) : null}
        <output className={css.state}>{isDone ? `Brightest of ${slices} slices` : `${done} of ${slices} slices`}</output>
      </div>
      {because ? (
        <p role="status">{because}</p>
      ) : (
        <Canvas picture={picture} flips={flips} label={`Maximum intensity projection, ${NAMES[along].toLowerCase()}`} />
      )}
      <p className={css.note}>A preview for research, not for diagnosis: what lies behind the brightest voxel is not seen.</p>
    </section>
  );
}

/** As one looks at a person: slices are stored from the feet up, nearly always. */
const turned = ({ x, y }: Flips, along: Along): Flips => (along === 'slices' ? { x, y } : { x: along === 'rows' ? x : y, y: true });

function Canvas({ picture, label, flips }: { picture: Picture | undefined; label: string; flips: Flips }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const element = canvas.current;
    if (!element || !picture) return;
    const { columns, rows, grey } = picture;
    element.width = columns;
    element.height = rows;
    const image = new ImageData(columns, rows);
    for (let i = 0; i < grey.length; i++) image.data.set([grey[i] as number, grey[i] as number, grey[i] as number, 255], 4 * i);
    element.getContext('2d')?.putImageData(image, 0, 0);
  }, [picture]);
  const [dx, dy] = picture?.spacingMm ?? [1, 1];
  const shape = picture ? `${picture.columns * dx} / ${picture.rows * dy}` : '1';
  return (
    <div className={css.screen}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        className={css.picture}
        style={{ aspectRatio: shape, transform: `scale(${flips.x ? -1 : 1}, ${flips.y ? -1 : 1})` }}
      />
    </div>
  );
}
