import { describe, expect, it } from 'vitest';
import { createSideFiles } from './side-files.ts';

describe('side files', () => {
  it('finds the file of the same stem', () => {
    const side = createSideFiles();
    side.add({ path: 'sub-01/anat/sub-01_T1w.json', text: '{}' });
    expect(side.of('sub-01/anat/sub-01_T1w.nii.gz').map((file) => file.path)).toEqual(['sub-01/anat/sub-01_T1w.json']);
  });

  it('finds the inherited file of a suffix above (BIDS inheritance)', () => {
    const side = createSideFiles();
    side.add({ path: 'T1w.json', text: '{}' });
    expect(side.of('sub-01/anat/sub-01_T1w.nii.gz')).toHaveLength(1);
  });

  it('cuts a table down to its head and the rows that name the file or a folder above it', () => {
    const side = createSideFiles();
    side.add({ path: 'labels.csv', text: 'file,finding\nimages/img1.png,nodule\nimages/img2.png,none\n' });
    side.add({ path: 'participants.tsv', text: 'participant_id\tage\nsub-01\t40\nsub-02\t50\n' });
    expect(side.of('images/img1.png').map((file) => file.text)).toEqual(['file,finding\nimages/img1.png,nodule']);
    expect(side.of('sub-02/x.nii').map((file) => file.text)).toEqual(['participant_id\tage\nsub-02\t50']);
  });

  it('says nothing of strangers', () => {
    const side = createSideFiles();
    side.add({ path: 'other/labels.csv', text: 'file\na.png\n' });
    expect(side.of('images/img1.png')).toEqual([]);
  });
});
