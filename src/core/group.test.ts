import { describe, expect, it } from 'vitest';
import { groupSeries, normalOf, type Unit } from './group.ts';
import type { Header } from './header.ts';

const AXIAL = [1, 0, 0, 0, 1, 0];
const CORONAL = [1, 0, 0, 0, 0, -1];

function unit(
  path: string,
  { tags = {}, z, orientation = AXIAL, ...rest }: { tags?: Header['tags']; z?: number; orientation?: number[] } & Partial<Header>,
): Unit {
  return {
    path,
    bytes: 1000,
    header: {
      format: 'dicom',
      role: 'image',
      shape: { columns: 64, rows: 64, slices: 1, frames: 1, samples: 1, bits: 16 },
      series: '1.2.3',
      tags: { SOPInstanceUID: `uid-${path}`, Modality: 'CT', SOPClassUID: 'ct', ...tags },
      geometry:
        z === undefined ? undefined : { orientation, positions: orientation === AXIAL ? [0, 0, z] : [0, z, 0], spacingMm: [0.5, 0.5] },
      ...rest,
    },
  };
}

describe('groupSeries', () => {
  it('makes one volume of parallel slices, sorted in space whatever the file order', () => {
    const [group, ...others] = groupSeries([unit('c', { z: 10 }), unit('a', { z: 0 }), unit('b', { z: 5 })]);
    expect(others).toEqual([]);
    expect(group?.units.map((one) => one.path)).toEqual(['a', 'b', 'c']);
    expect(group?.layout).toMatchObject({ slices: 3, frames: 1, files: 3, parallel: true, even: true, spacingMm: [0.5, 0.5, 5] });
  });

  it('tells slices from times', () => {
    const units = [0, 5, 10].flatMap((z) => [1, 2].map((t) => unit(`${z}-${t}`, { z, tags: { TemporalPositionIdentifier: 3 - t } })));
    const [group] = groupSeries(units);
    expect(group?.layout).toMatchObject({ slices: 3, frames: 2 });
    expect(group?.units.slice(0, 2).map((one) => one.path)).toEqual(['0-2', '0-1']);
  });

  it('says when slices are missing', () => {
    const [group] = groupSeries([0, 5, 10, 25].map((z) => unit(`${z}`, { z })));
    expect(group?.layout.even).toBe(false);
    expect(group?.warnings).toContain('Slices are not equally spaced: some may be missing.');
  });

  it('parts a localizer by its planes', () => {
    const groups = groupSeries([unit('a', { z: 0 }), unit('b', { z: 5 }), unit('c', { z: 0, orientation: CORONAL })]);
    expect(groups.map((group) => group.units.length).sort()).toEqual([1, 2]);
  });

  it('counts a doubled folder as a second series, not as times', () => {
    const copy = (folder: string) => [0, 5, 10].map((z) => unit(`${folder}/${z}`, { z, tags: { SOPInstanceUID: `u${z}` } }));
    const groups = groupSeries([...copy('b'), ...copy('a')]);
    expect(groups).toHaveLength(2);
    expect(groups[0]?.units.every((one) => one.path.startsWith('a/'))).toBe(true);
    expect(groups[1]?.warnings[0]).toMatch(/same SOP Instance UIDs/);
    expect(groups.every((group) => group.layout.frames === 1)).toBe(true);
  });

  it('takes one image under two UIDs for two copies, but two times for times', () => {
    const at = (path: string, time: string) => unit(path, { z: 0, tags: { InstanceNumber: 1, AcquisitionTime: time } });
    expect(groupSeries([at('a', '10'), at('b', '10')])).toHaveLength(2);
    expect(groupSeries([at('a', '10'), at('b', '11')])).toHaveLength(1);
  });

  it('keeps views of one X-ray series apart', () => {
    expect(groupSeries([unit('pa', { tags: { Modality: 'DX' } }), unit('lat', { tags: { Modality: 'DX' } })])).toHaveLength(2);
  });

  it('counts the slices of a mosaic and its times', () => {
    const [group] = groupSeries(['a', 'b'].map((path) => unit(path, { z: 0, tags: { MosaicImages: 36 } })));
    expect(group?.layout).toMatchObject({ slices: 36, frames: 2 });
  });

  it('keeps its key when more of the series arrives', () => {
    const first = groupSeries([unit('a', { z: 0 }), unit('b', { z: 5 })])[0]?.key;
    expect(groupSeries([unit('b', { z: 5 }), unit('c', { z: 10 }), unit('a', { z: 0 })])[0]?.key).toBe(first);
  });

  it('leaves files without a series alone', () => {
    expect(groupSeries([unit('a.png', { series: undefined, z: undefined })])[0]?.key).toBe('file|a.png');
  });
});

describe('normalOf', () => {
  it('is the cross product of rows and columns', () => expect(normalOf(AXIAL)).toEqual([0, 0, 1]));
  it('is absent for degenerate cosines', () => expect(normalOf([0, 0, 0, 0, 0, 0])).toBeUndefined());
});
