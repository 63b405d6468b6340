// @ts-check
// The Chromium that tests, benchmarks and the headless run use: $CHROMIUM_PATH, else Playwright's own, else the system's.
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const FLAGS = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** @returns {string | undefined} path of a program that exists */
export function chromiumPath() {
  return [process.env.CHROMIUM_PATH, chromium.executablePath(), '/usr/bin/chromium'].find((file) => file && existsSync(file));
}

/** @returns {import('@playwright/test').LaunchOptions} */
export function launchOptions() {
  const executablePath = chromiumPath();
  // As root, and in containers, Chromium's own sandbox cannot start.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox', '--disable-dev-shm-usage'] : [];
  return { ...(executablePath && { executablePath }), args: [...FLAGS, ...sandbox] };
}
