import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const project = resolve(import.meta.dirname, '../..');
const binaryNames: Readonly<Record<string, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/** Path of the real Electron; importing the package instead would try to download it. */
function findElectron(): string | undefined {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const named = join(folder, 'path.txt');
  const name = existsSync(named) ? readFileSync(named, 'utf8') : (binaryNames[process.platform] ?? 'electron');
  const binary = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), name);
  return existsSync(binary) ? binary : undefined;
}

function whyNot(binary: string | undefined): string | undefined {
  if (!binary) return 'skipped: no Electron binary';
  const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  return display ? undefined : 'skipped: no display for Electron';
}

const binary = findElectron();
const reason = whyNot(binary);

if (reason || !binary) test.skip(reason ?? 'skipped: no Electron binary');
else describe('the station in Electron', () => driveElectron(binary));

function driveElectron(executablePath: string): void {
  let dataDir: string;
  let app: ElectronApplication;
  let page: Page;

  beforeAll(async () => {
    if (!existsSync(join(project, 'dist/main/electron.js'))) {
      execFileSync(process.execPath, [join(project, 'main/launch/build.mjs')], { cwd: project, stdio: 'inherit' });
    }
    dataDir = mkdtempSync(join(tmpdir(), 'packwright-electron-'));
    // Chromium refuses its sandbox to root, which only build machines are.
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    app = await _electron.launch({ executablePath, args: [...asRoot, project, '--data', dataDir] });
    page = await app.firstWindow();
    await page.waitForLoadState();
  }, 120_000);
  afterAll(async () => {
    await app.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('shows the station over its own scheme, with no port open', async () => {
    expect(page.url()).toMatch(/^packwright:\/\/station\//);
    expect(await page.evaluate(async () => (await fetch('/api/openapi.json')).status)).toBe(200);
  });

  test('gives the page nothing of Node or Electron', async () => {
    const reachable = await page.evaluate(() =>
      ['require', 'process', 'module', 'electron'].filter((name) => name in window),
    );
    expect(reachable).toEqual([]);
  });

  test('keeps the page where it is and denies it what it asks for', async () => {
    const opened = await page.evaluate(() => window.open('https://example.com/') === null);
    const permission = await page.evaluate(() => Notification.requestPermission());
    const fetched = await page.evaluate(() =>
      fetch('https://example.com/').then(
        () => 'fetched',
        () => 'denied',
      ),
    );
    await page.evaluate(() => location.assign('https://example.com/'));
    expect([opened, permission, fetched]).toEqual([true, 'denied', 'denied']);
    expect(page.url()).toMatch(/^packwright:\/\/station\//);
  });

  test('gives the page a new session when it asks for one', async () => {
    const launched = page.waitForURL(/launch=1/);
    await page.evaluate(() => location.assign('/relaunch'));
    await launched;
    expect(await page.evaluate(async () => (await fetch('/api/openapi.json')).status)).toBe(200);
  });

  test('carries a call to the door and its refusal back', async () => {
    const status = await page.evaluate(async () => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
      return (await fetch('/api/no-such.call', init)).status;
    });
    expect(status).toBeGreaterThanOrEqual(400);
  });
}
