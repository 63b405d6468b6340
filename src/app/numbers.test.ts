import { expect, test } from 'vitest';
import { ago, bytes, count, counted, duration, share } from './numbers.ts';

test('counts have thousands separators and the right number of nouns', () => {
  expect(count(1204)).toBe('1,204');
  expect(counted(1, 'item')).toBe('1 item');
  expect(counted(0, 'item')).toBe('0 items');
  expect(counted(2, 'series', 'series')).toBe('2 series');
});

test('bytes are decimal, with a digit after the point only below ten', () => {
  expect(bytes(0)).toBe('0 B');
  expect(bytes(980)).toBe('980 B');
  expect(bytes(999.9)).toBe('1.0 kB');
  expect(bytes(4.1e9)).toBe('4.1 GB');
  expect(bytes(12.4e6)).toBe('12 MB');
  expect(bytes(9.96e6)).toBe('10 MB');
  expect(bytes(5e18)).toBe('5000 PB');
});

test('a share never rounds something to nothing, nor nearly all to all', () => {
  expect(share(0)).toBe('0 %');
  expect(share(0.001)).toBe('< 1 %');
  expect(share(0.62)).toBe('62 %');
  expect(share(0.999)).toBe('> 99 %');
  expect(share(1)).toBe('100 %');
});

test('durations read as people say them', () => {
  expect(duration(0.2)).toBe('1 s');
  expect(duration(42)).toBe('42 s');
  expect(duration(150)).toBe('3 min');
  expect(duration(3600)).toBe('1 h');
  expect(duration(4800)).toBe('1 h 20 min');
});

test('how long ago, coarse', () => {
  const now = Date.parse('2026-11-23T12:00:00Z');
  expect(ago('2026-11-23T11:59:40Z', now)).toBe('just now');
  expect(ago('2026-11-23T11:55:00Z', now)).toBe('5 min ago');
  expect(ago('2026-11-23T09:00:00Z', now)).toBe('3 h ago');
  expect(ago('2026-11-22T09:00:00Z', now)).toBe('yesterday');
  expect(ago('2026-11-03T09:00:00Z', now)).toBe('3 Nov 2026');
  expect(ago('never', now)).toBe('');
});
