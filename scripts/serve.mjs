// npm run serve: sets up, builds and runs the central server alone. What follows `--` is passed on to the server.
//
//   XUNCHA_PORT (8443) and XUNCHA_DATA (.cache/server) say where; see docs/operations.md for the server's own options.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { build } from './build.mjs';
import { run } from './children.mjs';
import { program } from './program.mjs';
import { setUp } from './setup.mjs';

const root = path.resolve(import.meta.dirname, '..');

await program('serve', async () => {
  await setUp();
  await build({ only: ['server'] });
  const dataDir = path.resolve(process.env.XUNCHA_DATA ?? path.join(root, '.cache/server'));
  const port = process.env.XUNCHA_PORT ?? '8443';
  mkdirSync(dataDir, { recursive: true });
  return run(process.execPath, [path.join(root, 'dist/server/server.mjs'), '--data', dataDir, '--port', port, ...process.argv.slice(2)]);
});
