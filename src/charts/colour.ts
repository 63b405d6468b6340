// Colours of the vocabulary as CSS: one for a modality group everywhere, in light and dark.
import { colourOf } from '../core/colours.ts';

/** CSS colour of a chart group as `FIELDS.modality` names it; grey for one the vocabulary lacks. */
export function groupColour(group: string): string {
  const { light, dark } = colourOf('group', group === 'UNKNOWN' ? 'Unknown' : group);
  return `light-dark(${light}, ${dark})`;
}

/** CSS colour of a kind of what is found: tumour, lesion, vessels, organ. */
export function foundColour(kind: string): string {
  const { light, dark } = colourOf('found', kind);
  return `light-dark(${light}, ${dark})`;
}
