// A model that a person brought: any card whose heads answer questions of the vocabulary. It is shown what ours are shown, and has no rules of its own.
import { voicesOf } from '../../core/answers.ts';
import type { ModelCard } from '../../core/card.ts';
import type { Model } from '../../core/model.ts';

const SMALLEST = 8;

/** Evidence of it is by `own:<id>`. */
export function modelOf(card: ModelCard): Model {
  const by = `own:${card.id}`;
  return {
    id: by,
    answers: card.outputs.map(({ question }) => question),
    views: { slices: 5, across: 2 },
    looksAt: ({ header: { role, shape } }) => role === 'image' && shape !== undefined && Math.min(shape.columns, shape.rows) >= SMALLEST,
    // Whether a file is an image or a mask is not for a network to say: nothing may be lost.
    evidence: (answers) =>
      answers
        .filter(({ question }) => question !== 'role')
        .flatMap((answer) => voicesOf(answer, { by, who: `${card.title}: the picture` })),
  };
}
