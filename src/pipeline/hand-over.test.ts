import { expect, it } from 'vitest';
import { handed, tellAll } from './hand-over.ts';

async function* numbers(most: number, made: number[] = []): AsyncGenerator<number> {
  for (let n = 1; n <= most; n++) {
    made.push(n);
    yield n;
  }
}

it('pulls until there is no more', async () => {
  const batches = [[1, 2], [], [3]];
  const seen: number[] = [];
  for await (const batch of handed(async () => batches.shift())) seen.push(...batch);
  expect(seen).toEqual([1, 2, 3]);
});

it('tells in order, one ahead and no more', async () => {
  const made: number[] = [];
  const taken: number[] = [];
  await tellAll(numbers(5, made), async (n) => {
    await new Promise((go) => setTimeout(go, 1));
    expect(made.length - n).toBeLessThanOrEqual(1);
    taken.push(n);
  });
  expect(taken).toEqual([1, 2, 3, 4, 5]);
});

it('stops with what the taker says', async () => {
  const taken: number[] = [];
  const telling = tellAll(numbers(9), async (n) => {
    taken.push(n);
    if (n === 2) throw new Error('full');
  });
  await expect(telling).rejects.toThrow('full');
  expect(taken).toEqual([1, 2]);
});
