import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { FoundBrowser } from './chromium.ts';

const run = promisify(execFile);

/** The package's own settings look for the fonts in fixed places, `/tmp` among them. */
const fontSettings = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;
const cache = resolve(import.meta.dirname, '../../.cache');

/**
 * The headless Chromium inside the package `@sparticuz/chromium` (Linux x64 only), unpacked once into `.cache`.
 *
 * Undefined on other systems, and where the browser does not start even with the libraries that the package brings.
 */
export async function findBundledChromium(): Promise<FoundBrowser | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const home = await unpacked();
  const executablePath = join(home, 'chromium');
  const fonts = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(home, 'fonts') };
  const libraries = { LD_LIBRARY_PATH: join(home, 'al2023', 'lib') };
  // The system's own libnss3 fits its other libraries best; the package's is for systems that have none.
  for (const env of [fonts, { ...fonts, ...libraries }]) {
    if (await starts(executablePath, env)) return { executablePath, env };
  }
  return undefined;
}

async function starts(executablePath: string, env: Readonly<Record<string, string>>): Promise<boolean> {
  try {
    await run(executablePath, ['--version', '--no-sandbox'], { env: { ...process.env, ...env }, timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

async function unpacked(): Promise<string> {
  const home = join(cache, `chromium-${packagedVersion()}`);
  if (existsSync(home)) return home;
  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(`${home}.`);
  await unpackInto(fresh);
  try {
    renameSync(fresh, home);
  } catch (error) {
    // Another process was faster, and its copy is as good.
    if (!existsSync(home)) throw error;
    rmSync(fresh, { recursive: true, force: true });
  }
  return home;
}

/**
 * Has the package unpack itself in a process of its own: it chooses the temporary folder, leaves a half-written
 * browser there when two start at once, and brings its libraries only where it believes to be on AWS Lambda.
 */
async function unpackInto(folder: string): Promise<void> {
  const script = "import chromium from '@sparticuz/chromium'; await chromium.executablePath();";
  await run(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: import.meta.dirname,
    env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
  });
  writeFileSync(join(folder, 'fonts', 'fonts.conf'), fontSettings);
}

function packagedVersion(): string {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const manifest: unknown = JSON.parse(readFileSync(resolve(dirname(entry), '../../package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest && 'version' in manifest ? String(manifest.version) : 'unknown';
}
