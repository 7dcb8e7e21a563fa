import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app } from 'electron';
import { createStation } from '../app/create-station.ts';
import { startShell } from './shell.ts';

startShell({
  process,
  createStation,
  // Built into dist/main, beside dist/renderer.
  rendererDir: fileURLToPath(new URL('../renderer', import.meta.url)),
  defaultDataDir: () => join(app.getPath('appData'), 'Packwright'),
});
