import { describe, expect, it } from 'vitest';
import type { TagNode } from '../../core/format.ts';
import { allKeys, tagLines } from './tag-lines.ts';

const nodes: readonly TagNode[] = [
  { tag: '(0008,0060)', keyword: 'Modality', vr: 'CS', value: 'CT' },
  {
    tag: '(0008,1140)',
    keyword: 'ReferencedImageSequence',
    vr: 'SQ',
    items: [
      [{ tag: '(0008,1155)', keyword: 'ReferencedSOPInstanceUID', value: '1.2.3' }],
      [{ tag: '(0008,1155)', keyword: 'ReferencedSOPInstanceUID', value: '1.2.4' }],
    ],
  },
  {
    tag: '(0008,2218)',
    keyword: 'AnatomicRegionSequence',
    vr: 'SQ',
    items: [[{ tag: '(0008,0104)', keyword: 'CodeMeaning', value: 'Chest' }]],
  },
];
const open = new Set<string>();
const names = (search: string, closed: ReadonlySet<string> = open) => tagLines(nodes, { closed, search }).map((line) => line.keyword);

describe('tag lines', () => {
  it('nests sequences, with a line for each of several items', () => {
    expect(names('')).toEqual([
      'Modality',
      'ReferencedImageSequence',
      'Item 1',
      'ReferencedSOPInstanceUID',
      'Item 2',
      'ReferencedSOPInstanceUID',
      'AnatomicRegionSequence',
      'CodeMeaning',
    ]);
    expect(tagLines(nodes, { closed: open, search: '' }).map((line) => line.depth)).toEqual([0, 0, 1, 2, 1, 2, 0, 1]);
  });

  it('closes what is closed', () => {
    expect(names('', new Set(['1']))).toEqual(['Modality', 'ReferencedImageSequence', 'AnatomicRegionSequence', 'CodeMeaning']);
    expect(names('', new Set(allKeys(nodes)))).toEqual(['Modality', 'ReferencedImageSequence', 'AnatomicRegionSequence']);
    expect(tagLines(nodes, { closed: new Set(['1.0']), search: '' }).map((line) => line.key)).toEqual([
      '0',
      '1',
      '1.0',
      '1.1',
      '1.1.0',
      '2',
      '2.0.0',
    ]);
  });

  it('has a key of its own for every line', () => {
    const keys = tagLines(nodes, { closed: open, search: '' }).map((line) => line.key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('searches names, numbers and values, and shows what is around a match', () => {
    expect(names('1.2.4')).toEqual(['ReferencedImageSequence', 'Item 2', 'ReferencedSOPInstanceUID']);
    expect(names('00080060')).toEqual(['Modality']);
    expect(names('(0008,0060)')).toEqual(['Modality']);
    expect(names('chest')).toEqual(['AnatomicRegionSequence', 'CodeMeaning']);
    expect(names('  CHEST ', new Set(allKeys(nodes)))).toEqual(['AnatomicRegionSequence', 'CodeMeaning']);
    expect(names('nothing')).toEqual([]);
  });

  it('shows all that a matching sequence holds', () => {
    expect(names('anatomicregion')).toEqual(['AnatomicRegionSequence', 'CodeMeaning']);
  });

  it('carries plain values and counts of sequences', () => {
    const [modality, sequence] = tagLines(nodes, { closed: open, search: '' });
    expect(modality).toMatchObject({ value: 'CT', vr: 'CS', holds: undefined });
    expect(sequence).toMatchObject({ value: undefined, holds: 2, open: true });
  });
});
