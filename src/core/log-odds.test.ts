import { describe, expect, it } from 'vitest';
import { logistic, logit } from './log-odds.ts';

describe('log odds', () => {
  it('turns them into probabilities and back', () => {
    expect(logistic(0)).toBe(0.5);
    expect(logistic(2.2)).toBeCloseTo(0.9002, 4);
    expect(logit(logistic(-5))).toBeCloseTo(-5, 9);
  });
});
