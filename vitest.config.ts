import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'proxy/**/*.test.ts', 'tests/contract/**/*.test.ts', 'tools/**/*.test.ts'],
    testTimeout: 30_000,
    setupFiles: ['tests/assets-from-disk.ts'],
  },
});
