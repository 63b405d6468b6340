import { describe, expect, it } from 'vitest';
import { createShelf } from './shelf.ts';

describe('shelf', () => {
  it('tells each record once, and again when it changes', () => {
    const shelf = createShelf();
    shelf.put({ path: 'a', status: 'image', bytes: 1 });
    expect(shelf.take()).toHaveLength(1);
    expect(shelf.take()).toEqual([]);
    shelf.own('a', 'i-1');
    expect(shelf.take()).toEqual([{ path: 'a', status: 'image', bytes: 1, item: 'i-1' }]);
  });

  it('counts a path once, by its last status', () => {
    const shelf = createShelf();
    shelf.put({ path: 'a', status: 'skipped', bytes: 1 });
    shelf.put({ path: 'a', status: 'image', bytes: 1 });
    expect([shelf.count('skipped'), shelf.count('image')]).toEqual([0, 1]);
  });

  it.each(['before', 'after'])('makes a claimed data file an image, claimed %s it was read', (when) => {
    const shelf = createShelf();
    if (when === 'before') shelf.claim('brain.img', 'brain.hdr');
    shelf.put({ path: 'brain.img', status: 'non-image', because: 'Not an image we know.', bytes: 5 });
    if (when === 'after') shelf.claim('brain.img', 'brain.hdr');
    expect(shelf.statusOf('brain.img')).toBe('image');
    expect(shelf.count('non-image')).toBe(0);
    expect(shelf.take().at(-1)).toMatchObject({ status: 'image', because: 'Data of brain.hdr.' });
  });
});
