// Whether vessels are the subject of a volume: decided by how far the trees of tubes reach, not by whether a voxel answered. Set by hand, see docs/vesselness.md.
import type { Found } from './vessels.ts';

/** Reach of all trees together at which yes and no are even. Millimetres. */
const EVEN_MM = 40;
/** Log odds for every e-fold of that reach. */
const STEEP = 1.6;
/** Nobody is surer than this: 4.7 % and 95.3 %. */
const MOST = 3;
/** Enhanced vessels are a small part of a body; where more is marked, something else is bright. */
const SHARE = 0.15;

/** Log odds for vessels, in an item of which something says that it is an angiography or was made with contrast medium. */
export function vesselOdds({ reachMm, share, cutOut }: Pick<Found, 'reachMm' | 'share' | 'cutOut'>): number {
  if (reachMm <= 0) return -MOST;
  const crowded = !cutOut && share > SHARE ? 2 * Math.log(share / SHARE) : 0;
  return Math.round(Math.min(MOST, Math.max(-MOST, STEEP * Math.log(reachMm / EVEN_MM) - crowded)) * 100) / 100;
}
