// A card for a hand-made network (tiny-onnx.ts), with the true size and hash of its weights.
import { createHash } from 'node:crypto';
import { type ModelCard, readCard } from '../../src/core/card.ts';

export function tinyCard(weights: Uint8Array, { id = 'tiny', side = 8, values = ['CT', 'MR'] } = {}): ModelCard {
  return readCard({
    schema: 'medley.model/1',
    id,
    version: '1',
    title: 'Tiny',
    weights: { file: `${id}.onnx`, bytes: weights.length, sha256: createHash('sha256').update(weights).digest('hex') },
    input: { name: 'image', columns: side, rows: side, channels: 3, layout: 'NCHW', scale: 255, mean: [0, 0, 0], std: [1, 1, 1] },
    outputs: [
      {
        name: 'modality',
        question: 'modality',
        activation: 'softmax',
        temperature: 1,
        classes: values.map((value) => ({ label: value, value })),
        answerFrom: 0.6,
      },
    ],
  });
}
