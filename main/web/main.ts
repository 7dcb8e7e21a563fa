import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { describeError } from '../app/describe-error.ts';
import { defaultDataDir } from '../app/local-settings.ts';
import { serveStation } from './serve.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    port: { type: 'string' },
    host: { type: 'string' },
    demo: { type: 'boolean', default: false },
  },
  strict: false,
});
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

// Heard from the beginning: a station that is told to stop while it starts closes its data as well.
const stopped = new Promise<void>((resolve) => {
  process.once('SIGINT', resolve);
  process.once('SIGTERM', resolve);
});

try {
  const port = text(values.port);
  const host = text(values.host);
  const served = await serveStation({
    dataDir: resolve(text(values.data) ?? process.env.PACKWRIGHT_DATA ?? defaultDataDir()),
    rendererDir: join(dirname(dirname(fileURLToPath(import.meta.url))), 'renderer'),
    demo: values.demo === true,
    noOpen: process.env.PACKWRIGHT_NO_OPEN === '1',
    extraOrigins: (process.env.PACKWRIGHT_ALLOWED_ORIGINS ?? '').split(',').filter((origin) => origin !== ''),
    print: (line) => console.log(line),
    ...(port ? { port: Number(port) } : {}),
    ...(host ? { host } : {}),
  });
  await stopped;
  await served.close();
  process.exit(0);
} catch (error) {
  console.error(describeError(error));
  process.exit(1);
}
