import { describe, expect, it } from 'vitest';
import { chainOf, provenance } from './provenance.ts';

const outer = { source: 'file', at: { url: 'https://example.org/d.zip?X-Amz-Signature=s', via: 'proxy', range: true, size: 5000 } };

describe('provenance', () => {
  it('goes from the link through the archive to the byte range', () => {
    const steps = provenance({
      path: 'd.zip!/a/1.dcm',
      entry: { path: 'd.zip!/a/1.dcm', place: { source: 'zip', at: { outer, offset: 1000, packed: 500, size: 900 } } },
    });
    expect(steps).toEqual([
      { name: 'Inside', value: 'd.zip' },
      { name: 'Web file', value: 'https://example.org/d.zip', href: 'https://example.org/d.zip' },
      { name: 'Read through', value: 'our relay, because the host does not let pages read it' },
      { name: 'Member of a zip', value: 'bytes 1,000 to 1,499' },
      { name: 'Compressed', value: '500 packed, 900 unpacked' },
    ]);
  });

  it('goes through a gzip', () => {
    const steps = provenance({ path: 'd.nii.gz', entry: { path: 'd.nii.gz', place: { source: 'gzip', at: { inner: outer } } } });
    expect(steps.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'Web file: https://example.org/d.zip',
      'Read through: our relay, because the host does not let pages read it',
      'Then: Unpacked from gzip',
    ]);
  });

  it('says little about what it does not know and never throws', () => {
    expect(provenance({ path: 'a.png' })).toEqual([]);
    expect(provenance({ path: 'a.png', entry: { path: 'a.png', place: { source: 'odd', at: null } } })).toEqual([
      { name: 'Place', value: 'Odd' },
    ]);
    expect(provenance({ path: 'a.png', entry: { path: 'a.png', place: { source: 'local', at: { handle: 3 } } } })[0]?.value).toBe(
      'File on this computer',
    );
  });

  it('makes links of web addresses only', () => {
    const steps = provenance({ path: 'a', entry: { path: 'a', place: { source: 'file', at: { url: 'javascript:alert(1)' } } } });
    expect(steps.find((step) => step.name === 'Web file')).toEqual({ name: 'Web file', value: 'javascript:alert(1)', href: undefined });
  });

  it('does not follow places that go round in circles', () => {
    const place: { source: string; at: Record<string, unknown> } = { source: 'zip', at: {} };
    place.at.outer = place;
    expect(provenance({ path: 'a', entry: { path: 'a', place } }).length).toBeLessThan(20);
  });

  it('splits archives in archives', () => {
    expect(chainOf('a.zip!/b/c.tar!/d')).toEqual(['a.zip', 'b/c.tar', 'd']);
  });
});
