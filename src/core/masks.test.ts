import { describe, expect, it } from 'vitest';
import { linkMasks } from './masks.ts';

const item = (path: string, uids: readonly string[] = []) => ({ id: path, paths: [path], uids });
const mask = (path: string, more: { refersTo?: string[]; segments?: string[] } = {}) => ({ path, refersTo: [], segments: [], ...more });
const ownerOf = (path: string, images: readonly string[]) =>
  linkMasks({ masks: [mask(path)], items: images.map((image) => item(image)) })[0]?.itemId;

describe('linkMasks', () => {
  it('follows UIDs first', () => {
    const items = [item('a/1.dcm', ['1.2.3', '1.2.3.1']), item('b/1.dcm', ['1.2.4'])];
    expect(linkMasks({ masks: [mask('a/seg.dcm', { refersTo: ['9.9', '1.2.4'] })], items })[0]?.itemId).toBe('b/1.dcm');
  });

  it.each([
    ['labelsTr/liver_01.nii.gz', ['imagesTr/liver_01.nii.gz', 'imagesTr/liver_02.nii.gz'], 'imagesTr/liver_01.nii.gz'],
    [
      'Task/labelsTr/case_7.nii.gz',
      ['Task/imagesTr/case_7_0000.nii.gz', 'Task/imagesTr/case_8_0000.nii.gz'],
      'Task/imagesTr/case_7_0000.nii.gz',
    ],
    ['benign/benign (1)_mask.png', ['benign/benign (1).png', 'benign/benign (10).png'], 'benign/benign (1).png'],
    ['benign/benign (1)_mask_1.png', ['benign/benign (1).png', 'benign/benign (2).png'], 'benign/benign (1).png'],
    [
      'training/1st_manual/21_manual1.gif',
      ['training/images/21_training.tif', 'training/images/22_training.tif'],
      'training/images/21_training.tif',
    ],
    ['ds/masks/cju0.jpg', ['ds/images/cju0.jpg', 'ds/images/cju1.jpg'], 'ds/images/cju0.jpg'],
    ['seg-04.nii', ['volume-04.nii', 'volume-05.nii'], 'volume-04.nii'],
    ['case_00001/segmentation.nii.gz', ['case_00001/imaging.nii.gz'], 'case_00001/imaging.nii.gz'],
    ['ISIC_GroundTruth/ISIC_0000001_segmentation.png', ['ISIC/ISIC_0000001.jpg', 'ISIC/ISIC_0000002.jpg'], 'ISIC/ISIC_0000001.jpg'],
    ['b/BraTS_001_seg.nii.gz', ['b/BraTS_001_t1.nii.gz', 'b/BraTS_001_t1ce.nii.gz', 'b/BraTS_001_flair.nii.gz'], 'b/BraTS_001_t1ce.nii.gz'],
    [
      'derivatives/manual/sub-03_dseg.nii.gz',
      ['sub-03/anat/sub-03_T1w.nii.gz', 'sub-04/anat/sub-04_T1w.nii.gz'],
      'sub-03/anat/sub-03_T1w.nii.gz',
    ],
  ])('%s belongs to its image', (path, images, owner) => expect(ownerOf(path, images)).toBe(owner));

  it('names nobody where several could be meant', () => {
    expect(ownerOf('x/mask.nii', ['x/one.nii', 'x/two.nii'])).toBeUndefined();
    expect(ownerOf('far/away_mask.png', ['elsewhere/other.png'])).toBeUndefined();
    expect(linkMasks({ masks: [], items: [] })).toEqual([]);
  });

  it('speaks for the features of the image', () => {
    const [named] = linkMasks({ masks: [mask('a_tumour_mask.nii')], items: [] });
    expect(named?.evidence).toMatchObject([{ question: 'tumour', value: 'yes', from: 'path' }]);
    const [segments] = linkMasks({ masks: [mask('rt.dcm', { segments: ['Body', 'GTV_1', 'A_Aorta'] })], items: [] });
    expect(segments?.evidence.map(({ question }) => question)).toEqual(['tumour', 'vessels']);
    expect(linkMasks({ masks: [mask('lung.nii')], items: [] })[0]?.evidence).toEqual([]);
  });
});
