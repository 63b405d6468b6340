// The test function of every end-to-end test: a page that can reach nothing but this computer and what the test allows, and says when it tried.
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { type FolderOptions, serveFolder } from '../../../tools/folder-server.mjs';

interface Support {
  /** Hosts (host:port) that may be asked, beside the app's own. A test adds to it. */
  readonly allowedHosts: Set<string>;
  /** Serves a folder of this computer for the length of the test; its host is allowed. Answers the URL with a slash at the end. */
  readonly serveData: (folder: string, options?: FolderOptions) => Promise<Awaited<ReturnType<typeof serveFolder>>>;
  /** What the page said that it should not: errors, and requests to hosts that were not allowed. Must be empty at the end. */
  readonly complaints: string[];
}

/** The one port of this computer that the relay may reach in tests (playwright.config.ts): for data without CORS. */
export const RELAYED_PORT = 4188;

export const test = base.extend<Support & { trap: undefined }>({
  allowedHosts: async ({ baseURL }, use) => use(new Set([new URL(baseURL ?? 'http://127.0.0.1').host])),
  complaints: async ({ baseURL: _ }, use) => {
    const complaints: string[] = [];
    await use(complaints);
    expect(complaints, 'errors of the page and requests to other hosts').toEqual([]);
  },
  serveData: async ({ allowedHosts }, use) => {
    const servers: Awaited<ReturnType<typeof serveFolder>>[] = [];
    await use(async (folder, options) => {
      const server = await serveFolder(folder, options);
      servers.push(server);
      allowedHosts.add(new URL(server.url).host);
      return server;
    });
    await Promise.all(servers.map(({ close }) => close()));
  },
  trap: [
    async ({ context, allowedHosts, complaints }, use) => {
      // Requests of workers pass here too; those of service workers do not, so the page gets none.
      await context.route(
        (url) => /^https?:$/.test(url.protocol) && !allowedHosts.has(url.host),
        (route) => {
          complaints.push(`request to ${new URL(route.request().url()).host}`);
          return route.abort('blockedbyclient');
        },
      );
      context.on('weberror', (error) => complaints.push(`error: ${error.error().message}`));
      await use(undefined);
    },
    { auto: true },
  ],
  serviceWorkers: 'block',
});

/** Fails on any finding of WCAG 2.2 A and AA, naming rule and place. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  expect(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))).toEqual([]);
}

export { expect };
