// Folder pages by the shape of each server's own, over a real server.
import { describe, expect, it } from 'vitest';
import { type Answer, all, contextOf, entriesOf, failure, serve } from '../../tests/support/source-server.ts';
import { surest } from '../core/claim.ts';
import type { Listed } from '../core/source.ts';
import { LinkReader } from './html-index/links.ts';
import htmlIndex from './html-index.ts';
import { sources } from './index.ts';
import { pasted } from './net/pasted.ts';

const PAGES: Record<string, { page: string; sizes: (number | undefined)[] }> = {
  'Apache, plain': {
    page: `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN"><html><head><title>Index of /d</title></head><body><h1>Index of /d</h1><ul><li><a href="/"> Parent Directory</a></li><li><a href="a%20b.dcm"> a b.dcm</a></li><li><a href="big.zip"> big.zip</a></li><li><a href="sub/"> sub/</a></li></ul></body></html>`,
    sizes: [undefined, undefined],
  },
  'Apache, fancy': {
    page: `<html><head><title>Index of /d</title></head><body><h1>Index of /d</h1><pre><img src="/icons/blank.gif" alt="Icon "> <a href="?C=N;O=D">Name</a>                    <a href="?C=M;O=A">Last modified</a>      <a href="?C=S;O=A">Size</a>  <a href="?C=D;O=A">Description</a><hr><img src="/icons/back.gif" alt="[PARENTDIR]"> <a href="/">Parent Directory</a>                             -   \n<img src="/icons/unknown.gif" alt="[   ]"> <a href="a%20b.dcm">a b.dcm</a>                 2026-11-22 10:00  345   CT\n<img src="/icons/compressed.gif" alt="[   ]"> <a href="big.zip">big.zip</a>                 2026-11-22 10:00  1.2M  \n<img src="/icons/folder.gif" alt="[DIR]"> <a href="sub/">sub/</a>                    2026-11-22 10:00    -   \n<hr></pre></body></html>`,
    sizes: [345, undefined],
  },
  'Apache, table with linked icons': {
    page: `<html><head><title>Index of /d</title></head><body><h1>Index of /d</h1><table><tr><th><a href="?C=N;O=D">Name</a></th></tr><tr><td valign="top"><a href="/"><img src="/icons/back.gif"></a></td><td><a href="/">Parent Directory</a></td><td>&nbsp;</td><td align="right">  - </td></tr>\n<tr><td valign="top"><a href="a%20b.dcm"><img src="/icons/unknown.gif" alt="[   ]"></a></td><td><a href="a%20b.dcm">a b.dcm</a></td><td align="right">2026-11-22 10:00  </td><td align="right">345 </td><td>&nbsp;</td></tr>\n<tr><td><a href="big.zip"><img src="x"></a></td><td><a href="big.zip">big.zip</a></td><td align="right">2026-11-22 10:00  </td><td align="right">4.0K</td></tr>\n<tr><td><a href="sub/"><img></a></td><td><a href="sub/">sub/</a></td><td>2026-11-22 10:00</td><td>  - </td></tr></table></body></html>`,
    sizes: [345, undefined],
  },
  nginx: {
    page: `<html>\r\n<head><title>Index of /d/</title></head>\r\n<body>\r\n<h1>Index of /d/</h1><hr><pre><a href="../">../</a>\r\n<a href="a%20b.dcm">a b.dcm</a>                                            22-Nov-2026 10:00              526336\r\n<a href="big.zip">big.zip</a>                                            22-Nov-2026 10:00           107374182\r\n<a href="sub/">sub/</a>                                               22-Nov-2026 10:00                   -\r\n</pre><hr></body>\r\n</html>\r\n`,
    sizes: [526_336, 107_374_182],
  },
  Caddy: {
    page: `<!DOCTYPE html>\n<html>\n<head>\n<title>d</title>\n<link rel="canonical" href="/d/" />\n<meta charset="utf-8">\n<meta name="color-scheme" content="light dark">\n<style>${'* { padding: 0; margin: 0; } '.repeat(300)}</style></head><body><header><div class="breadcrumbs"><h1><a href="/">/</a><a href="/d/">d</a></h1></div></header><main><div class="listing"><table><thead><tr><th><a href="?sort=name&amp;order=desc">Name</a><a href="./?sort=size&order=asc">Size</a></th></tr></thead><tbody><tr class="file"><td></td><td><a href="./a%20b.dcm"><svg></svg><span class="name">a b.dcm</span></a></td><td class="size" data-size="526336"><div class="sizebar"><div class="sizebar-text">514 KiB</div></div></td><td class="timestamp"><time datetime="2026-11-22T10:00:00Z">11/22/2026</time></td></tr><tr class="file"><td></td><td><a href="./big.zip"><span class="name">big.zip</span></a></td><td class="size" data-size="107374182">102 MiB</td></tr><tr class="file"><td></td><td><a href="./sub/"><span>sub/</span></a></td><td>&mdash;</td></tr></tbody></table></div></main></body></html>`,
    sizes: [526_336, 107_374_182],
  },
  lighttpd: {
    page: `<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "x">\n<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en">\n<head>\n<title>Index of /d/</title>\n</head>\n<body>\n<h2>Index of /d/</h2>\n<div class="list">\n<table summary="Directory Listing" cellpadding="0" cellspacing="0">\n<tbody>\n<tr class="d"><td class="n"><a href="../">..</a>/</td><td class="m">&nbsp;</td><td class="s">- &nbsp;</td><td class="t">Directory</td></tr>\n<tr class="d"><td class="n"><a href="sub/">sub</a>/</td><td class="m">2026-Nov-22 10:00:00</td><td class="s">- &nbsp;</td><td class="t">Directory</td></tr>\n<tr><td class="n"><a href="a%20b.dcm">a b.dcm</a></td><td class="m">2026-Nov-22 10:00:00</td><td class="s">514.0K</td><td class="t">application/octet-stream</td></tr>\n<tr><td class="n"><a href="big.zip">big.zip</a></td><td class="m">2026-Nov-22 10:00:00</td><td class="s">102.4M</td><td class="t">application/zip</td></tr>\n</tbody></table></div></body></html>`,
    sizes: [undefined, undefined],
  },
  'Python http.server': {
    page: `<!DOCTYPE HTML>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Directory listing for /d/</title>\n</head>\n<body>\n<h1>Directory listing for /d/</h1>\n<hr>\n<ul>\n<li><a href="a%20b.dcm">a b.dcm</a></li>\n<li><a href="big.zip">big.zip</a></li>\n<li><a href="sub/">sub/</a></li>\n</ul>\n<hr>\n</body>\n</html>\n`,
    sizes: [undefined, undefined],
  },
  IIS: {
    page: `<html><head><title>host.test - /d/</title></head><body><H1>host.test - /d/</H1><hr>\r\n\r\n<pre><A HREF="/">[To Parent Directory]</A><br><br> 11/22/2026 10:00 AM       526336 <A HREF="/d/a%20b.dcm">a b.dcm</A><br> 11/22/2026 10:00 AM    107374182 <A HREF="/d/big.zip">big.zip</A><br> 11/22/2026 10:00 AM        &lt;dir&gt; <A HREF="/d/sub/">sub</A><br></pre><hr></body></html>`,
    sizes: [526_336, 107_374_182],
  },
  "the measuring server's": {
    page: `<html><head><title>Index of /d/</title></head><body><h1>Index of /d/</h1><pre><a href="../">../</a>\n<a href="a%20b.dcm">a b.dcm</a>  22-Nov-2026 10:00  526336\n<a href="big.zip">big.zip</a>  22-Nov-2026 10:00  107374182\n<a href="sub/">sub/</a>  22-Nov-2026 10:00  4096\n</pre></body></html>`,
    sizes: [526_336, 107_374_182],
  },
};

const SUB =
  '<html><head><title>Index of /d/sub/</title></head><body><pre><a href="../">../</a>\n<a href="in%23ner.dcm">x</a></pre></body></html>';
const html =
  (page: string): Answer =>
  (_, response) =>
    void response.writeHead(200, { 'content-type': 'text/html; charset=UTF-8' }).end(page);

async function listed(paths: Parameters<typeof serve>[0], at = '/d/') {
  const served = await serve(paths);
  const context = contextOf(sources);
  const { entry, glimpse } = pasted(await context.net.probe(served.url + at), served.url + at);
  return { served, context, entry, glimpse, run: () => all(htmlIndex.list(entry, context)) };
}

const paths = (list: readonly Listed[]) => list.map((one) => (one.kind === 'entry' ? one.entry.path : `refused ${one.path}`)).sort();

describe.each(Object.entries(PAGES))('a folder page of %s', (_, { page, sizes }) => {
  it('is claimed, and lists files with exact sizes only, and subfolders', async () => {
    const { served, context, glimpse, run } = await listed({
      '/d/': html(page),
      '/d/sub/': html(SUB),
      '/d/a b.dcm': 'abc',
      '/d/sub/in#ner.dcm': 'inner',
    });
    expect(surest(sources, glimpse)?.id).toBe('html-index');
    const found = await run();
    expect(paths(found)).toEqual(['a b.dcm', 'big.zip', 'sub/in#ner.dcm']);
    const entries = entriesOf(found);
    const sizeOf = (path: string) => entries.find((one) => one.path === path)?.size;
    expect([sizeOf('a b.dcm'), sizeOf('big.zip')]).toEqual(sizes);
    expect(new TextDecoder().decode(await context.open(entries.find(({ path }) => path.includes('in#ner'))!.place).slice(0))).toBe('inner');
    await served.close();
  });
});

describe('html-index', () => {
  const page = (links: string) => html(`<html><title>Index of x</title><body><pre>${links}</pre></body></html>`);
  it('stays below the pasted folder and drops queries, fragments and repetitions', async () => {
    const links =
      '<a href="http://other.test/x.dcm">o</a>\n<a href="/elsewhere.dcm">e</a>\n<a href=\'a.dcm?v=1#x\'>a</a>\n<a href=a.dcm>a</a>\n<a href="../up.dcm">u</a>\n<a href="mailto:x@y.test">m</a>\n<a name="anchor">n</a>\n<a href="b&amp;c.dcm">b</a>';
    const { served, run } = await listed({ '/d/': page(links) });
    expect(paths(await run())).toEqual(['a.dcm', 'b&c.dcm']);
    await served.close();
  });
  it('names a subfolder that fails, and goes on', async () => {
    const { served, run } = await listed({
      '/d/': page('<a href="bad/">b</a>\n<a href="good/">g</a>'),
      '/d/bad/': (_, response) => void response.writeHead(403).end(),
      '/d/good/': page('<a href="x.dcm">x</a>'),
    });
    const found = await run();
    expect(paths(found)).toEqual(['good/x.dcm', 'refused bad/']);
    expect(found.find(({ kind }) => kind === 'refused')).toMatchObject({
      status: 'unreadable',
      code: 'E-DENIED',
      because: expect.stringMatching(/^This folder could not be listed\. .*refuses access/),
    });
    await served.close();
  });
  it('does not follow a folder that contains itself for ever', async () => {
    const own = page('<a href="x.dcm">x</a>\n<a href="again/">a</a>');
    const served = await serve(
      new Proxy(
        {},
        {
          get: (_, path) => (String(path).endsWith('/') ? own : undefined),
          getOwnPropertyDescriptor: () => ({ configurable: true, value: 1 }),
        },
      ),
    );
    const context = contextOf(sources);
    const { entry } = pasted(await context.net.probe(`${served.url}/d/`), `${served.url}/d/`);
    const found = await all(htmlIndex.list(entry, context));
    expect(found.length).toBeLessThan(6);
    expect(found.at(-1)).toMatchObject({ kind: 'refused', status: 'skipped', because: expect.stringMatching(/contains itself/) });
    await served.close();
  });
  it('leaves a web page that is no folder page alone', async () => {
    const news = `<!DOCTYPE html><html><title>News</title><body>${'<a href="https://x.test/">x</a><a href="/about">y</a>'.repeat(5)}<a href="one.html">1</a></body></html>`;
    const { served, glimpse, run } = await listed({ '/d/': html(news), '/n.html': html(news) });
    expect(await failure(run())).toEqual({
      code: 'E-HTML',
      because: expect.stringMatching(/^We received a web page \(HTML\) that lists no files/),
    });
    expect(htmlIndex.claim({ ...glimpse, url: `${served.url}/n.html` })).toBe(0);
    expect(htmlIndex.claim({ ...glimpse, type: 'image/png' })).toBe(0);
    await served.close();
  });
  it('lists 100,000 links while the page arrives', async () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => `<a href="s${i}.dcm">s${i}.dcm</a>   22-Nov-2026 10:00   ${i}\n`).join('');
    const { served, context, entry } = await listed({ '/d/': page(rows) });
    let count = 0;
    let early = 0;
    for await (const one of htmlIndex.list(entry, context)) {
      if (count === 0) early = context.net.fetched;
      if (one.kind === 'entry' && one.entry.size !== count) throw new Error(`${one.entry.path} has size ${one.entry.size}`);
      count++;
    }
    expect(count).toBe(100_000);
    expect(early).toBeLessThan(rows.length / 2);
    await served.close();
  });
  it('stops when the run is stopped', async () => {
    const { served, context, entry } = await listed({ '/d/': page('<a href="a">a</a>\n<a href="b">b</a>\n<a href="c">c</a>') });
    const seen: Listed[] = [];
    for await (const one of htmlIndex.list(entry, context)) {
      seen.push(one);
      (context.signal as { aborted: boolean }).aborted = true;
    }
    expect(seen).toHaveLength(1);
    await served.close();
  });
});

describe('LinkReader', () => {
  it('finds the same links however the page is cut', () => {
    for (const { page } of Object.values(PAGES)) {
      const whole = new LinkReader();
      const expected = [...whole.add(page), ...whole.end()];
      for (const step of [1, 7, 64]) {
        const reader = new LinkReader();
        const links = [];
        for (let at = 0; at < page.length; at += step) links.push(...reader.add(page.slice(at, at + step)));
        links.push(...reader.end());
        const last = new Map(links.map((link) => [link.href, link.size]));
        expect(last).toEqual(new Map(expected.map((link) => [link.href, link.size])));
      }
    }
  });
  it('does not grow on a page without links or with a row that never ends', () => {
    const reader = new LinkReader();
    for (let i = 0; i < 100; i++) expect(reader.add('x'.repeat(100_000))).toEqual([]);
    expect(reader.add(`<a href="a">${'y'.repeat(200_000)}`)).toEqual([{ href: 'a', size: undefined }]);
    expect(reader.end()).toEqual([]);
  });
});
