// The cards that ship with the page, as they lie in public/models: one that cannot be read switches its model off for everybody.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readCard } from '../core/card.ts';
import { models } from './index.ts';

const FOLDER = new URL('../../public/models/', import.meta.url);

it.each(models.map(({ id }) => id))('the card of %s can be read, and its weights are those that it names', (id) => {
  const card = readCard(JSON.parse(readFileSync(new URL(`${id}.card.json`, FOLDER), 'utf8')));
  const weights = readFileSync(new URL(card.weights.file, FOLDER));
  expect(card.id).toBe(id);
  expect({ bytes: weights.length, sha256: createHash('sha256').update(weights).digest('hex') }).toEqual({
    bytes: card.weights.bytes,
    sha256: card.weights.sha256,
  });
});
