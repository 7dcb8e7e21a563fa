import { fileURLToPath } from 'node:url';
import { createStation } from '../app/create-station.ts';
import { defaultDataDir } from '../app/local-settings.ts';
import { startShell } from './shell.ts';

startShell({
  process,
  createStation,
  // Built into dist/main, beside dist/renderer.
  rendererDir: fileURLToPath(new URL('../renderer', import.meta.url)),
  // The same folder as the command and the web shell: one station, whatever opens it.
  defaultDataDir: () => process.env.PACKWRIGHT_DATA ?? defaultDataDir(),
});
