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

  it.each([
    ['image', 'before'],
    ['image', 'after'],
    ['mask', 'before'],
    ['mask', 'after'],
  ] as const)('makes a data file an %s as its header is, read %s it', (status, when) => {
    const shelf = createShelf();
    const data = () => shelf.put({ path: 'brain.img', status: 'non-image', because: 'Not an image we know.', bytes: 5 });
    if (when === 'after') data();
    shelf.claim('brain.img', 'brain.hdr');
    shelf.put({ path: 'brain.hdr', status: 'image', bytes: 1 });
    if (when === 'before') data();
    if (status === 'mask') shelf.restate('brain.hdr', { status });
    expect(shelf.statusOf('brain.img')).toBe(status);
    expect(shelf.count('non-image')).toBe(0);
    expect(shelf.take().find((record) => record.path === 'brain.img')).toMatchObject({ status, because: 'Data of brain.hdr.' });
  });

  it('does not go round where two headers claim each other', () => {
    const shelf = createShelf();
    for (const [path, owner] of [
      ['a', 'b'],
      ['b', 'a'],
      ['a', 'a'],
    ] as const)
      shelf.claim(path, owner);
    shelf.put({ path: 'a', status: 'image', bytes: 1 });
    shelf.put({ path: 'b', status: 'mask', bytes: 1 });
    expect(shelf.take()).toHaveLength(2);
  });
});
