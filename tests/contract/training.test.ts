// The training code speaks the app's language: its copy of the vocabulary is the one list, as tools/export-vocabulary.mjs writes it.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ANATOMY, MODALITIES } from '../../src/core/vocabulary.ts';

it('trains on the vocabulary of the app', () => {
  const copy: unknown = JSON.parse(readFileSync(new URL('../../training/vocabulary.json', import.meta.url), 'utf8'));
  expect(copy).toEqual({
    modality: MODALITIES.map(({ code }) => code),
    anatomy: ANATOMY.map(({ code, parent }) => ({ code, parent })),
    plane: ['axial', 'sagittal', 'coronal'],
  });
});
