// What the engine can run, and the tensors that it expects back. Heads of classifiers and outlining networks alike.
import type { ModelCard } from '../core/card.ts';
import { OUTLINE_SCHEMA, type OutlineCard } from '../core/outline-card.ts';

export type Runnable = ModelCard | OutlineCard;

/** One output of a network. */
export interface Expected {
  readonly name: string;
  /** Of one picture; a head's answer may come in any shape of that many numbers. */
  readonly dims: readonly number[];
  /** Whether the shape counts, not only how many numbers there are. */
  readonly shaped: boolean;
  /** What its card says of it, for a person. */
  readonly says: string;
}

/** The outputs that a card names, with their sizes a picture. */
export function expectedOf(card: Runnable): readonly Expected[] {
  if (card.schema !== OUTLINE_SCHEMA)
    return card.outputs.map(({ name, classes }) => ({
      name,
      dims: [classes.length],
      shaped: false,
      says: `names ${classes.length} classes`,
    }));
  const { masks, presence, columns, rows } = card.outputs;
  // Tasks may be left out of a card; the channels stay.
  const tasks = Math.max(0, ...card.tasks.map(({ index }) => index + 1));
  return [
    { name: masks, dims: [tasks, rows, columns], shaped: true, says: `names ${tasks} tasks, each ${columns} × ${rows}` },
    { name: presence, dims: [tasks], shaped: true, says: `names ${tasks} tasks` },
  ];
}

/** Numbers of one picture. */
export const sizeOf = ({ dims }: Expected): number => dims.reduce((all, one) => all * one, 1);
