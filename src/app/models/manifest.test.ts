import { describe, expect, it } from 'vitest';
import { classesOf, EMPTY_FIELDS, type Fields, guessed, idOf, manifestOf, problemsOf } from './manifest.ts';

const FIELDS: Fields = {
  ...EMPTY_FIELDS,
  title: 'My net',
  url: 'https://example.org/net.onnx',
  classes: [
    { label: 'ct', value: 'CT' },
    { label: 'junk', value: '' },
  ],
};

describe('the form of an own model', () => {
  it('is ready when it is filled', () => expect(problemsOf(FIELDS)).toEqual({}));

  it('says what is missing, by field', () => {
    expect(problemsOf(EMPTY_FIELDS)).toEqual({
      title: 'Give it a name.',
      url: 'Paste the address of an ONNX file.',
      classes: 'Name at least two classes, one a line, in the order of the output.',
    });
  });

  it('checks numbers against each other', () => {
    const wrong = {
      ...FIELDS,
      channels: '1',
      columns: '4',
      rows: '2.5',
      scale: '0',
      std: '0',
      answerFrom: '101',
      url: 'ftp://x/y',
    } as const;
    expect(problemsOf(wrong)).toEqual({
      url: 'An address that begins with https://.',
      columns: 'A whole number of pixels from 8 to 2048.',
      rows: 'A whole number of pixels from 8 to 2048.',
      scale: 'A number above 0: 255 for values from 0 to 1, 1 for values from 0 to 255.',
      mean: 'One number, one a channel.',
      std: 'Numbers above 0: values are divided by them.',
      answerFrom: 'A number from 0 to 100.',
    });
  });

  it('wants a class that means something; one is enough for yes or no', () => {
    const none = { ...FIELDS, classes: FIELDS.classes.map((one) => ({ ...one, value: '' })) };
    expect(problemsOf(none).classes).toBe('At least one class must stand for a value that Medley knows.');
    const one: Fields = { ...FIELDS, question: 'tumour', activation: 'sigmoid', classes: [{ label: 'tumour', value: 'yes' }] };
    expect(problemsOf(one)).toEqual({});
    expect(problemsOf({ ...one, classes: [] }).classes).toBe('Name at least one class.');
  });

  it('guesses what labels stand for, and keeps what a person chose', () => {
    expect(['CT', 'magnetic resonance', 'ultrasound', 'mri', 'DSA', 'cat'].map((label) => guessed('modality', label))).toEqual([
      'CT',
      'MR',
      'US',
      'MR',
      'XA',
      '',
    ]);
    expect(guessed('anatomy', 'lung')).toBe('LUNG');
    expect(guessed('plane', 'Axial')).toBe('axial');
    const before = [{ label: 'ct', value: 'PT' }];
    expect(classesOf('ct\n\n mr \n', { question: 'modality', before })).toEqual([
      { label: 'ct', value: 'PT' },
      { label: 'mr', value: 'MR' },
    ]);
  });

  it('makes a manifest', () => {
    expect(idOf(' My nét, v2! ')).toBe('my-n-t-v2');
    expect(idOf('模型')).toBe('model');
    expect(manifestOf(FIELDS)).toMatchObject({
      id: 'my-net',
      weights: { file: 'https://example.org/net.onnx' },
      input: { name: 'input', columns: 224, channels: 3, scale: 255, mean: [0.485, 0.456, 0.406] },
      outputs: [
        {
          question: 'modality',
          answerFrom: 0.6,
          classes: [
            { label: 'ct', value: 'CT' },
            { label: 'junk', value: null },
          ],
        },
      ],
    });
  });
});
