// Names of filter values for people.
import { DICE_EDGES, EITHER, type FieldId, MATRIX_EDGES, SLICE_EDGES, SPACING_EDGES } from '../../charts/field.ts';
import { agreementName, anatomyName, capital, contrastName, featureName, formatName, modalityName, sentence } from '../../charts/names.ts';
import { spanName } from '../../charts/span.ts';

const SPANS: Readonly<Partial<Record<FieldId, { edges: readonly number[]; whole: boolean }>>> = {
  slices: { edges: SLICE_EDGES, whole: true },
  matrix: { edges: MATRIX_EDGES, whole: true },
  spacing: { edges: SPACING_EDGES, whole: false },
  dice: { edges: DICE_EDGES, whole: false },
};

export function valueName(field: FieldId, value: string): string {
  if (value.includes(EITHER))
    return value
      .split(EITHER)
      .map((one) => valueName(field, one))
      .join(' or ');
  const span = SPANS[field];
  if (span) return spanName(value, span);
  if (field === 'modality') return modalityName(value);
  if (field === 'anatomy') return anatomyName(value);
  if (field === 'format') return formatName(value);
  if (field === 'feature') return featureName(value);
  if (field === 'agreement') return agreementName(value);
  if (field === 'contrast') return contrastName(value);
  return field === 'plane' || field === 'sequence' ? capital(value) : sentence(value);
}
