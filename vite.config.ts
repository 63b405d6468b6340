// How the app is built and served while it is worked on.
import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { nodeDoor } from './proxy/node-door.mjs';
import { createRelay } from './proxy/relay.mjs';
import { parseAllowed } from './proxy/target.mjs';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** The relay at the path where tools/serve.mjs has it too. */
function relay(): Plugin {
  return {
    name: 'medley-relay',
    configureServer(server) {
      const door = nodeDoor(createRelay({ allow: parseAllowed(process.env.MEDLEY_PROXY_ALLOW) }));
      server.middlewares.use('/proxy', (request, response) => void door(request, response));
    },
  };
}

const pwa = VitePWA({
  // Never a forced reload: a new version waits until every tab of the old one is closed.
  registerType: 'prompt',
  // Registered by src/app/offline.ts, once there is a run to come back to.
  injectRegister: false,
  includeAssets: ['icon.svg'],
  manifest: {
    name: 'Medley',
    short_name: 'Medley',
    description: 'What is in this dataset? Medical image datasets, recognised, counted and shown in the browser.',
    start_url: '/',
    display: 'standalone',
    background_color: '#15171a',
    theme_color: '#15171a',
    icons: [
      { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
    ],
  },
  workbox: {
    // The shell only: codecs, models and sample data are fetched when somebody needs them.
    globPatterns: ['index.html', 'assets/*.{js,css}'],
    navigateFallback: '/index.html',
    navigateFallbackDenylist: [/^\/proxy/, /^[^?]*\.[a-z0-9]+(\?|$)/i],
    cleanupOutdatedCaches: true,
  },
});

export default defineConfig({
  plugins: [react(), relay(), pwa],
  define: { __APP_VERSION__: JSON.stringify(version), __PROXY_PATH__: JSON.stringify('/proxy') },
  worker: { format: 'es' },
  server: { host: '127.0.0.1' },
  build: { target: 'es2023', assetsInlineLimit: 0 },
  optimizeDeps: {
    // Found late, it would make the development server load the page again.
    exclude: ['onnxruntime-web'],
    include: [
      'pako',
      'hash-wasm',
      'fflate',
      'dcmjs/dictionary',
      '@cornerstonejs/codec-libjxl/decodewasmjs',
      '@cornerstonejs/codec-charls/decodewasmjs',
      '@cornerstonejs/codec-openjpeg/decodewasmjs',
      '@cornerstonejs/codec-openjph/wasmjs',
      '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs',
    ],
  },
});
