import { describe, expect, it } from 'vitest';
import { autoWindow } from '../core/display.ts';
import type { Label } from '../core/evidence.ts';
import type { Item } from '../core/item.ts';
import type { Pixels } from '../core/pixels.ts';
import { dragged, firstPreset, fullRange, isHounsfield, presetsFor, unitOf, valueAt, windowOf } from './windows.ts';

const label = (value: string): Label => ({ value, confidence: 1, conflict: false, evidence: [] });
function item(modality: string, more: { anatomy?: string; bits?: number; samples?: number; tags?: Item['tags'] } = {}): Item {
  return {
    id: 'item-0001',
    name: 'x',
    format: 'dicom',
    parts: [{ path: 'a', images: 1 }],
    shape: [2, 2],
    stored: { columns: 2, rows: 2, slices: 1, frames: 1, samples: more.samples ?? 1, bits: more.bits ?? 16 },
    spacingMm: null,
    bytes: 8,
    tags: more.tags ?? {},
    features: [],
    warnings: [],
    masks: [],
    labels: { dimension: label('2D'), modality: label(modality), anatomy: label(more.anatomy ?? 'UNKNOWN') },
  };
}
const grey: Pixels = {
  columns: 2,
  rows: 2,
  frames: 2,
  samples: 1,
  data: Int16Array.of(0, 0, 0, 0, -10, 20, 30, 40),
  photometric: 'MONOCHROME2',
  slope: 2,
  intercept: -1000,
};
const auto = ({ pixels, frame }: { pixels: Pixels; frame: number }) => autoWindow(pixels, frame);

describe('windows', () => {
  it('offers Hounsfield windows for CT only, and never for exported pictures of a CT', () => {
    expect(presetsFor(item('CT'), grey).map(({ id }) => id)).toEqual([
      'abdomen',
      'mediastinum',
      'lung',
      'bone',
      'brain',
      'liver',
      'vessels',
      'auto',
      'full',
    ]);
    expect(presetsFor(item('MR'), grey).map(({ id }) => id)).toEqual(['auto', 'full']);
    expect(isHounsfield(item('CT', { bits: 8 }))).toBe(false);
    expect(presetsFor(item('US'), { ...grey, samples: 3, photometric: 'RGB' })).toEqual([]);
    expect(presetsFor(item('US'), { ...grey, photometric: 'PALETTE' })).toEqual([]);
  });

  it('has the usual centres and widths', () => {
    const windows = Object.fromEntries(presetsFor(item('CT'), grey).map(({ id, window }) => [id, window]));
    expect(windows).toMatchObject({
      abdomen: { center: 40, width: 400 },
      lung: { center: -600, width: 1500 },
      bone: { center: 400, width: 1800 },
      brain: { center: 40, width: 80 },
    });
  });

  it('begins with the file’s own window, then with what suits the place', () => {
    expect(firstPreset(item('CT'), { ...grey, windowCenter: 1, windowWidth: 2 }).id).toBe('file');
    expect(firstPreset(item('CT'), { ...grey, windowCenter: 1, windowWidth: 0 }).id).toBe('abdomen');
    expect(firstPreset(item('CT', { anatomy: 'BRAIN' }), grey).id).toBe('brain');
    expect(firstPreset(item('CT', { anatomy: 'LSPINE' }), grey).id).toBe('bone');
    expect(firstPreset(item('MR', { anatomy: 'BRAIN' }), grey).id).toBe('auto');
  });

  it('finds the range of one frame, rescaled', () => {
    expect(fullRange({ pixels: grey, frame: 1 })).toEqual({ center: -970, width: 100 });
    expect(fullRange({ pixels: grey, frame: 0 }).width).toBeGreaterThan(0);
    expect(fullRange({ pixels: { ...grey, slope: -1, intercept: 0 }, frame: 1 })).toEqual({ center: -15, width: 50 });
  });

  it('turns presets into windows', () => {
    const frame = { pixels: { ...grey, windowCenter: 5, windowWidth: 6 }, frame: 1 };
    expect(windowOf({ id: 'file', name: '' }, { frame, auto })).toEqual({ center: 5, width: 6 });
    expect(windowOf({ id: 'full', name: '' }, { frame, auto }).width).toBe(100);
    expect(windowOf({ id: 'file', name: '' }, { frame: { pixels: grey, frame: 1 }, auto }).width).toBeGreaterThan(0);
  });

  it('drags: right is wider, down is a higher centre, the width stays positive', () => {
    const start = { center: 40, width: 400 };
    expect(dragged(start, { dx: 100, dy: 0, size: 500 }).width).toBeGreaterThan(400);
    expect(dragged(start, { dx: -1e5, dy: 0, size: 500 }).width).toBeGreaterThan(0);
    expect(dragged(start, { dx: 0, dy: 50, size: 500 })).toMatchObject({ width: 400, center: 100 });
  });

  it('says the value under the pointer with its unit', () => {
    expect(valueAt({ pixels: grey, frame: 1 }, { x: 0.5, y: 0.5, unit: 'HU' })).toBe('−1,020 HU');
    expect(valueAt({ pixels: grey, frame: 1 }, { x: 1.9, y: 1.9, unit: '' })).toBe('−920');
    expect(valueAt({ pixels: grey, frame: 1 }, { x: 2, y: 0, unit: '' })).toBeUndefined();
    expect(valueAt({ pixels: grey, frame: 1 }, { x: -0.1, y: 0, unit: '' })).toBeUndefined();
    const rgb: Pixels = { ...grey, frames: 1, columns: 1, rows: 1, samples: 3, data: Uint8Array.of(1, 2, 3), photometric: 'RGB' };
    expect(valueAt({ pixels: rgb, frame: 0 }, { x: 0, y: 0, unit: '' })).toBe('R 1 G 2 B 3');
    const palette: Pixels = {
      ...rgb,
      samples: 1,
      data: Uint8Array.of(1),
      photometric: 'PALETTE',
      palette: Uint8Array.of(0, 0, 0, 9, 8, 7),
    };
    expect(valueAt({ pixels: palette, frame: 0 }, { x: 0, y: 0, unit: '' })).toBe('R 9 G 8 B 7');
    const big: Pixels = { ...rgb, samples: 1, data: BigInt64Array.of(-5n), photometric: 'MONOCHROME2', slope: 1, intercept: 0 };
    expect(valueAt({ pixels: big, frame: 0 }, { x: 0, y: 0, unit: '' })).toBe('−5');
  });

  it('knows units', () => {
    expect(unitOf(item('CT'))).toBe('HU');
    expect(unitOf(item('PT', { tags: { Units: 'BQML' } }))).toBe('Bq/ml');
    expect(unitOf(item('MR'))).toBe('');
  });
});
