// The end-to-end tests: the built app, served as `npm start` serves it, in real Chromium.
import { defineConfig } from '@playwright/test';
import { launchOptions } from './tools/chromium.mjs';

const port = Number(process.env.E2E_PORT ?? 4187);

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results',
  // Two cores are shared by the app's own workers.
  workers: 1,
  // Waits end when what is awaited is there: generous ones cost nothing, and a busy computer fails no test.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: { baseURL: `http://127.0.0.1:${port}`, launchOptions: launchOptions(), screenshot: 'only-on-failure', locale: 'en-GB' },
  webServer: {
    command: `node tools/start.mjs --port ${port}`,
    url: `http://127.0.0.1:${port}/icon.svg`,
    reuseExistingServer: false,
    timeout: 600_000,
    // The one port that the relay may reach on this computer: where tests/e2e/support/data-server.ts serves without CORS.
    env: { MEDLEY_PROXY_ALLOW: '127.0.0.1:4188' },
  },
});
