import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { mainBuild, root } from './build.mjs';
import { installIfNeeded } from './install.mjs';

const STATION_PORT = 4869;
const PAGE_PORT = 5173;
const page = `http://127.0.0.1:${PAGE_PORT}`;

await installIfNeeded(root, (line) => console.log(line));
const esbuild = await import('esbuild');
const vite = await import('vite');
const outdir = join(root, '.cache', 'dev', 'main');
const ownArgs = process.argv.slice(2);
const data = ownArgs.includes('--data') ? [] : ['--data', join(root, '.cache', 'dev-data')];
let station;

/** Ends the running station and starts the fresh one; its launch token opens the page that reloads by itself. */
async function restart() {
  if (station && station.exitCode === null) {
    station.kill('SIGTERM');
    await once(station, 'exit');
  }
  station = spawn(process.execPath, [join(outdir, 'web.js'), '--port', String(STATION_PORT), ...data, ...ownArgs], {
    cwd: root,
    env: { ...process.env, PACKWRIGHT_NO_OPEN: '1', PACKWRIGHT_ALLOWED_ORIGINS: page },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  station.stdout.on('data', (chunk) =>
    process.stdout.write(String(chunk).replace(`http://127.0.0.1:${STATION_PORT}`, page)),
  );
}

const restartPlugin = {
  name: 'restart-station',
  setup(build) {
    build.onEnd((result) => {
      if (result.errors.length === 0) void restart();
    });
  },
};
const context = await esbuild.context({ ...mainBuild(outdir), plugins: [restartPlugin] });
await context.watch();
const target = { target: `http://127.0.0.1:${STATION_PORT}`, changeOrigin: true };
const server = await vite.createServer({
  configFile: join(root, 'renderer', 'vite.config.ts'),
  server: {
    host: '127.0.0.1',
    port: PAGE_PORT,
    strictPort: true,
    proxy: { '/api': target, '/documents': target, '/images': target },
  },
});
await server.listen();
process.once('SIGINT', async () => {
  station?.kill('SIGTERM');
  await context.dispose();
  await server.close();
  process.exit(0);
});
