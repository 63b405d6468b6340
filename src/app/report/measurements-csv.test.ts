import { describe, expect, it } from 'vitest';
import { standing } from '../../core/correction.ts';
import type { Item } from '../../core/item.ts';
import type { Outline } from '../../core/outline.ts';
import { measurementsCsv } from './measurements-csv.ts';

const label = (value: string) => ({ value, confidence: 0.9, conflict: false, evidence: [] });
const outline: Outline = {
  kind: 'tumour',
  label: '=kidney, left',
  by: 'outline',
  from: 'model',
  probability: 0.912345,
  areaFraction: 0.01234567,
  areaMm2: 123.456,
  volumeMl: 4.56789,
  largestMm: 21.987,
  count: 2,
  slices: [11, 19],
  dice: 0.83219,
};
const item: Item = {
  id: 'i-00000001',
  name: 'Abdomen',
  format: 'dicom',
  parts: [{ path: 'a/1.dcm', images: 1 }],
  shape: [64, 32, 20],
  stored: { columns: 64, rows: 32, slices: 1, frames: 1, samples: 1, bits: 16 },
  spacingMm: [1, 1, 1],
  bytes: 1,
  tags: {},
  labels: { dimension: label('3D'), modality: label('CT'), anatomy: label('KIDNEY') },
  features: [
    { kind: 'tumour', examined: true, present: true, probability: 0.912345, by: 'outline', why: '' },
    { kind: 'lesion', examined: false, present: null, probability: null, by: null, why: 'nobody looked' },
    { kind: 'vessels', examined: true, present: false, probability: 0.0412, by: 'vessels', why: '' },
  ],
  warnings: [],
  masks: [],
  outlines: [
    outline,
    { ...outline, kind: 'organ', label: 'Kidney', from: 'file', by: 'kidney.nii', probability: null, volumeMl: null, dice: undefined },
  ],
};

async function lines(corrections = standing([]), ids?: ReadonlySet<string>): Promise<string[]> {
  async function* batches() {
    yield [item, { ...item, id: 'i-00000002', outlines: undefined, features: [] }];
  }
  let text = '';
  for await (const piece of measurementsCsv(batches(), { corrections, ids })) text += piece;
  return text.split('\r\n');
}

describe('measurements', () => {
  it('are a line for each mask and one for what was looked for in vain', async () => {
    expect(await lines()).toEqual([
      'item,name,path,kind,label,by,from,probability,present,area_fraction,area_mm2,volume_ml,largest_diameter_mm,pieces,first_slice,last_slice,dice',
      'i-00000001,Abdomen,a/1.dcm,tumour,"\'=kidney, left",outline,model,0.9123,yes,0.012346,123.46,4.5679,21.99,2,12,20,0.8322',
      'i-00000001,Abdomen,a/1.dcm,organ,Kidney,kidney.nii,file,,,0.012346,123.46,,21.99,2,12,20,',
      'i-00000001,Abdomen,a/1.dcm,vessels,,vessels,,0.0412,no,,,,,,,,',
      '',
    ]);
  });

  it('hear a person, and hold only the items asked for', async () => {
    const corrections = standing([{ itemId: item.id, question: 'tumour', value: 'no', at: '2026-01-01T00:00:00Z' }]);
    expect((await lines(corrections))[1]).toContain(',0.9123,no,');
    expect(await lines(standing([]), new Set(['i-00000002']))).toHaveLength(2);
  });
});
