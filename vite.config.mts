import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = path.join(import.meta.dirname, 'src-renderer');

// The renderer alone. Main, preload, server and companion are built by scripts/build.mjs with esbuild.
export default defineConfig({
  root,
  base: '/',
  publicDir: false,
  plugins: [react()],
  // The protocol handler puts a fresh nonce in the place of this word with every answer.
  html: { cspNonce: '__CSP_NONCE__' },
  worker: { format: 'es' },
  build: {
    outDir: path.join(import.meta.dirname, 'dist/renderer'),
    // scripts/build.mjs empties its own part; fonts and assets beside it stay.
    emptyOutDir: false,
    assetsDir: 'app',
    // An inlined worker or font would be a data: address, which the policy refuses.
    assetsInlineLimit: 0,
    target: 'chrome114',
    modulePreload: { polyfill: false },
    minify: true,
    chunkSizeWarningLimit: 1200,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // Run before any schema is made: zod tries `new Function` unless it was told not to (src-renderer/app/zod-without-eval.ts).
        codeSplitting: { groups: [{ name: 'zod', test: /node_modules[\\/]zod[\\/]|zod-without-eval/ }] },
      },
    },
  },
});
