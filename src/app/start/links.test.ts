import { expect, test } from 'vitest';
import { linksOf } from './links.ts';

test('several links, separated by spaces or lines, each once', () => {
  const text = 'https://a.org/x.zip  http://b.org/y\nhttps://a.org/x.zip\n';
  expect(linksOf(text)).toEqual({ urls: ['https://a.org/x.zip', 'http://b.org/y'] });
});

test.each([
  ['zenodo.org/records/1', 'https://zenodo.org/records/1'],
  ['localhost:8080/data/', 'http://localhost:8080/data/'],
  ['127.0.0.1:8953/x', 'http://127.0.0.1:8953/x'],
  ['http://127.0.0.1:8953/x', 'http://127.0.0.1:8953/x'],
  ['<https://a.org/x>', 'https://a.org/x'],
  ['"https://a.org/x",', 'https://a.org/x'],
])('%s is a link', (text, url) => {
  expect(linksOf(text)).toEqual({ urls: [url] });
});

test.each([
  'hello',
  '/home/me/data',
  'C:\\data',
  'ftp://a.org/x',
  'javascript:alert(1)',
  'file:///etc/passwd',
  'https://',
  'data:text/html,x',
])('%s is no link, and is named', (text) => {
  expect(linksOf(`https://a.org ${text}`)).toEqual({ urls: [], wrong: text });
});

test('nothing is nothing', () => {
  expect(linksOf('  \n')).toEqual({ urls: [] });
});
