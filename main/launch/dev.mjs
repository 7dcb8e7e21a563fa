import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { mainBuild, root } from './build.mjs';
import { ready } from './prepare.mjs';

const HOST = '127.0.0.1';
const PAGE_PORT = 5173;
const page = `http://${HOST}:${PAGE_PORT}`;
const outdir = join(root, '.cache', 'dev', 'main');
const ownArgs = process.argv.slice(2);
const say = (line) => console.log(line);

await ready(say, { built: false });
const esbuild = await import('esbuild');
const vite = await import('vite');
const stationPort = await freePort();
const data = ownArgs.includes('--data') ? [] : ['--data', join(root, '.cache', 'dev-data')];
let station;
let restarting = Promise.resolve();
let closing = false;

const restartPlugin = {
  name: 'restart-station',
  setup(build) {
    build.onEnd((result) => {
      // One after the other: a file saved twice must not leave two stations on one port.
      if (result.errors.length === 0) restarting = restarting.then(restart);
    });
  },
};
const context = await esbuild.context({ ...mainBuild(outdir), logLevel: 'warning', plugins: [restartPlugin] });
const target = { target: `http://${HOST}:${stationPort}`, changeOrigin: true };
const server = await vite.createServer({
  configFile: join(root, 'renderer', 'vite.config.ts'),
  server: {
    host: HOST,
    port: PAGE_PORT,
    strictPort: true,
    proxy: { '/api': target, '/documents': target, '/images': target },
  },
});
try {
  await server.listen();
} catch (error) {
  process.stderr.write(`The page cannot be served: ${error.message}\n`);
  process.exit(1);
}
await context.watch();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, close);

/** Ends the running station and starts the fresh one; its launch token opens the page that reloads by itself. */
async function restart() {
  await stopStation();
  if (closing) return;
  const args = [join(outdir, 'web.js'), '--port', String(stationPort), ...data, ...ownArgs];
  station = spawn(process.execPath, ['--enable-source-maps', ...args], {
    cwd: root,
    env: { ...process.env, PACKWRIGHT_NO_OPEN: '1', PACKWRIGHT_ALLOWED_ORIGINS: page },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  station.stdout.on('data', (chunk) =>
    process.stdout.write(String(chunk).replaceAll(`http://${HOST}:${stationPort}`, page)),
  );
}

async function stopStation() {
  if (!station || station.exitCode !== null || station.signalCode !== null) return;
  const ended = once(station, 'exit');
  station.kill('SIGTERM');
  const limit = setTimeout(() => station.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(limit);
}

async function close() {
  if (closing) return;
  closing = true;
  await restarting;
  await stopStation();
  await context.dispose();
  await server.close();
  process.exit(0);
}

async function freePort() {
  const probe = createServer().listen(0, HOST);
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
