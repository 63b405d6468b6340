// S3-style listings by shape: version 1 and 2, pages, path and host style, odd keys, refusals.
import { describe, expect, it } from 'vitest';
import { type Answer, all, contextOf, entriesOf, failure, serve } from '../../tests/support/source-server.ts';
import { surest } from '../core/claim.ts';
import { sources } from './index.ts';
import { pasted } from './net/pasted.ts';
import s3 from './s3.ts';

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name>';
const object = (key: string, size = 3) =>
  `<Contents><Key>${key}</Key><LastModified>2026-11-22T10:00:00.000Z</LastModified><ETag>&quot;e&quot;</ETag><Size>${size}</Size></Contents>`;
const xml = (body: string) => `${HEAD}${body}</ListBucketResult>`;

/** Answers pages by the query, objects by their path; the second request of a page must ask for the next one. */
function bucket(page: (query: URLSearchParams) => string): Answer {
  return (request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://x');
    response.writeHead(200, { 'content-type': 'application/xml' }).end(page(searchParams));
  };
}

async function listed(paths: Parameters<typeof serve>[0], at: string) {
  const served = await serve(paths);
  const context = contextOf(sources);
  const { entry, glimpse } = pasted(await context.net.probe(served.url + at), served.url + at);
  return { served, context, glimpse, run: () => all(s3.list(entry, context)) };
}

describe('s3', () => {
  it('lists a bucket page by page (version 2), with sizes, and opens odd keys', async () => {
    const pages = (query: URLSearchParams) =>
      query.get('continuation-token') === 't+1/='
        ? xml(`<Prefix></Prefix><IsTruncated>false</IsTruncated>${object('d/two &amp; +#.dcm')}`)
        : xml(
            `<Prefix></Prefix><IsTruncated>true</IsTruncated><NextContinuationToken>t+1/=</NextContinuationToken>${object('d/', 0)}${object('d/one.dcm', 7)}`,
          );
    const { served, context, glimpse, run } = await listed(
      { '/': bucket(pages), '/d/one.dcm': 'onebody', '/d/two & +#.dcm': 'two' },
      '/?list-type=2',
    );
    expect(surest(sources, glimpse)?.id).toBe('s3');
    const entries = entriesOf(await run());
    expect(entries.map(({ path, size }) => [path, size])).toEqual([
      ['d/one.dcm', 7],
      ['d/two & +#.dcm', 3],
    ]);
    expect(entries[1]!.place.at).toMatchObject({ url: `${served.url}/d/two%20%26%20%2B%23.dcm`, size: 3, etag: '"e"' });
    const open = { ...entries[1]!.place, at: { ...(entries[1]!.place.at as object), etag: undefined } };
    expect(new TextDecoder().decode(await context.open(open).slice(0))).toBe('two');
    await served.close();
  });
  it('goes on by marker (version 1), path style, below a prefix', async () => {
    const asked: string[] = [];
    const pages = (query: URLSearchParams) => {
      asked.push(String(query));
      return query.has('marker')
        ? xml(`<Prefix>s/a</Prefix><IsTruncated>false</IsTruncated>${object('s/ab/3.dcm')}`)
        : xml(`<Prefix>s/a</Prefix><Marker></Marker><IsTruncated>true</IsTruncated>${object('s/a1.dcm')}${object('s/a2.dcm')}`);
    };
    const { served, run } = await listed({ '/b': bucket(pages), '/b/s/a1.dcm': 'abc' }, '/b?prefix=s/a&delimiter=/');
    const entries = entriesOf(await run());
    expect(entries.map(({ path }) => path)).toEqual(['a1.dcm', 'a2.dcm', 'ab/3.dcm']);
    expect(entries[0]!.place.at).toMatchObject({ url: `${served.url}/b/s/a1.dcm` });
    expect(asked.slice(1)).toEqual(['prefix=s%2Fa', 'prefix=s%2Fa&marker=s%2Fa2.dcm']);
    await served.close();
  });
  it('refuses keys that no address can name, and ends where a host does not go forward', async () => {
    const { served, run } = await listed({ '/': bucket(() => xml(`<IsTruncated>true</IsTruncated>${object('a/../b.dcm')}`)) }, '/');
    const found = await run();
    expect(found[0]).toMatchObject({ kind: 'refused', code: 'E-NAME', path: 'a/../b.dcm' });
    expect(found).toHaveLength(2);
    await served.close();
  });
  it('decodes keys that are sent encoded', async () => {
    const { served, run } = await listed(
      { '/': bucket(() => xml(`<EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>${object('a+b%2Bc.dcm')}`)) },
      '/',
    );
    expect(entriesOf(await run()).map(({ path }) => path)).toEqual(['a b+c.dcm']);
    await served.close();
  });
  it('says why it cannot list', async () => {
    const empty = await listed({ '/': bucket(() => xml('<IsTruncated>false</IsTruncated>')) }, '/');
    expect(await failure(empty.run())).toEqual({ code: 'E-EMPTY', because: 'This bucket lists no files here.' });
    await empty.served.close();
    const refused = await listed({ '/': bucket(() => '<Error><Code>AccessDenied</Code></Error>') }, '/');
    expect(surest(sources, refused.glimpse)?.id).toBe('s3');
    expect(await failure(refused.run())).toEqual({
      code: 'E-DENIED',
      because: expect.stringMatching(/does not let everybody list or read this bucket/),
    });
    await refused.served.close();
  });
  it('claims nothing else', () => {
    const head = new TextEncoder().encode(xml(''));
    expect(s3.claim({ path: 'x.xml', head })).toBe(0);
    expect(s3.claim({ path: 'x', url: 'https://x.test/', head: new TextEncoder().encode('<?xml version="1.0"?><svg/>') })).toBe(0);
  });
});
