import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { Layer } from './layers.ts';
import { nearestMarked, SliceMarks } from './slice-marks.tsx';

const layer = (id: string, counts: readonly number[]): Layer =>
  ({
    id,
    onPage: 'red',
    counts: Uint32Array.from(counts),
    mask: { kind: 'tumour', from: 'model', slices: counts.length },
  }) as unknown as Layer;

it('takes the slice under the finger, or the nearest marked one within reach', () => {
  const layers = [layer('a', [0, 0, 0, 5, 0, 0, 0, 0, 0, 2])];
  const at = (place: number, reach: number) => nearestMarked(layers, { at: place, reach, count: 10 });
  expect([at(3.4, 0), at(1.9, 2), at(1.9, 1), at(7.2, 2), at(12, 0), at(-4, 0)]).toEqual([3, 3, 1, 9, 9, 0]);
});

it('draws a row for each layer, a bar for each stretch, and nothing where nothing can be jumped to', () => {
  const drawn = renderToStaticMarkup(
    <SliceMarks layers={[layer('a', [0, 1, 1, 0, 1]), layer('b', [1, 0, 0, 0, 0])]} count={5} onJump={() => {}} />,
  );
  expect(drawn.match(/<rect/g)).toHaveLength(3);
  expect(drawn).toContain('viewBox="0 0 5 2"');
  expect(renderToStaticMarkup(<SliceMarks layers={[layer('a', [1])]} count={1} onJump={() => {}} />)).toBe('');
  expect(renderToStaticMarkup(<SliceMarks layers={[layer('a', [1, 1])]} count={5} onJump={() => {}} />)).toBe('');
});
