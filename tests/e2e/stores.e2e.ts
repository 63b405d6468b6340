// The browser's database as it really is: 100,000 items and files, a reload, handles that are kept, and another tab. The rest is asked in tests/contract.
import { expect, type Page, test } from '@playwright/test';
import { build, type Rollup } from 'vite';

const COUNT = 100_000;
let code = '';

test.beforeAll(async () => {
  const entry = 'src/stores/indexed-db.ts';
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, lib: { entry, formats: ['es'], fileName: 'store' } },
  });
  code = ([built].flat()[0] as Rollup.RollupOutput).output[0].code;
});

async function openAt(page: Page): Promise<void> {
  await page.route('http://127.0.0.1:9/**', (route) =>
    route.request().url().endsWith('/store.js')
      ? route.fulfill({ contentType: 'text/javascript', body: code })
      : route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>store</title>' }),
  );
  await page.goto('http://127.0.0.1:9/');
}

test('keeps 100,000 items and files in order, through a reload, and deletes them', async ({ page }) => {
  test.setTimeout(240_000);
  await openAt(page);
  await page.evaluate(async (count) => {
    const { openIndexedDbStore } = await import(`${location.origin}/store.js`);
    const store = await openIndexedDbStore({ name: 'many' });
    await store.save({ id: 'r', startedAt: '2026-11-23' });
    const handle = await (await navigator.storage.getDirectory()).getFileHandle('a.dcm', { create: true });
    for (let n = 0; n < count; n += 500) {
      const ids = Array.from({ length: 500 }, (_, k) => n + k);
      const files = ids.map((id) => ({
        path: `p${(id * 7919) % count}`,
        status: 'image',
        bytes: id,
        entry: { path: 'p', place: { source: 'local', at: id ? new File(['x'], 'x') : handle } },
      }));
      await store.add('r', { items: ids.map((id) => ({ id: `i${(id * 7919) % count}`, name: String(id) })), files });
    }
  }, COUNT);
  await page.reload();
  const found = await page.evaluate(async (count) => {
    const { openIndexedDbStore } = await import(`${location.origin}/store.js`);
    const store = await openIndexedDbStore({ name: 'many' });
    let [items, files, inOrder] = [0, 0, true];
    for await (const batch of store.items('r')) for (const item of batch) inOrder &&= item.id === `i${(items++ * 7919) % count}`;
    for await (const batch of store.files('r')) for (const file of batch) inOrder &&= file.path === `p${(files++ * 7919) % count}`;
    const [kept, gone] = [await store.file('r', 'p0'), await store.file('r', 'p7919')];
    await store.remove('r');
    const left = await store.file('r', 'p0');
    return {
      items,
      files,
      inOrder,
      handle: kept.entry.place.at.kind,
      gone: gone.entry.place,
      left: left ?? 'nothing',
      runs: (await store.list()).length,
    };
  }, COUNT);
  expect(found).toEqual({
    items: COUNT,
    files: COUNT,
    inOrder: true,
    handle: 'file',
    gone: { source: 'gone', at: null },
    left: 'nothing',
    runs: 0,
  });
});

test('tells the other tab', async ({ page, context }) => {
  const other = await context.newPage();
  await openAt(page);
  await openAt(other);
  await other.evaluate(async () => {
    const { openIndexedDbStore } = await import(`${location.origin}/store.js`);
    const store = await openIndexedDbStore({ name: 'shared' });
    store.watch('*', (change: { kind: string; items?: { name: string }[] }) =>
      document.body.append(` ${change.kind}:${change.items?.[0]?.name ?? ''}`),
    );
  });
  await page.evaluate(async () => {
    const { openIndexedDbStore } = await import(`${location.origin}/store.js`);
    const store = await openIndexedDbStore({ name: 'shared' });
    await store.save({ id: 'r', startedAt: '2026-11-23' });
    await store.add('r', { items: [{ id: 'a', name: 'Chest' }] });
    await store.remove('r');
  });
  await expect(other.locator('body')).toHaveText(/run: items:(Chest)? removed:/);
});
