// Natural-log odds and probabilities: the one definition of both ways, for fusing, calibration and reports.

/** Log odds of a probability; ±Infinity at 1 and 0. */
export const logit = (probability: number): number => Math.log(probability / (1 - probability));

/** Probability of log odds, 0–1. */
export const logistic = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));
