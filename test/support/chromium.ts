import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright';
import { findBundledChromium } from './bundled-chromium.ts';

/** A browser that is there, and what it must find in its environment. */
export interface FoundBrowser {
  readonly executablePath: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Quiet, and with the security of an ordinary browser: tests of the door must meet same-origin rules and CSP.
 * Playwright itself leaves the sandbox out, because build machines run as root.
 */
const args = [
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** Starts a headless Chromium. Throws one line of reason where there is none; close the browser after use. */
export async function launchChromium(): Promise<Browser> {
  const found = await lookForChromium();
  if (!found) throw new Error('no Chromium: name one in PACKWRIGHT_TEST_CHROMIUM, or install Chrome, Edge or Chromium');
  const env = { ...definedEnvironment(), ...found.env };
  return chromium.launch({ executablePath: found.executablePath, args, env });
}

/** Path of the Chromium that `launchChromium` starts; undefined where a test has to be skipped. */
export async function findChromium(): Promise<string | undefined> {
  return (await lookForChromium())?.executablePath;
}

async function lookForChromium(): Promise<FoundBrowser | undefined> {
  const named = process.env.PACKWRIGHT_TEST_CHROMIUM;
  if (named) {
    if (!existsSync(named)) throw new Error(`PACKWRIGHT_TEST_CHROMIUM names ${named}, which does not exist`);
    return { executablePath: named };
  }
  const installed = usualPaths().find((path) => existsSync(path));
  if (installed) return { executablePath: installed };
  const bundled = await findBundledChromium();
  if (bundled) return bundled;
  return existsSync(chromium.executablePath()) ? { executablePath: chromium.executablePath() } : undefined;
}

/** Ubuntu's `chromium-browser` is left out: it starts a snap, which cannot use a profile in a temporary folder. */
function usualPaths(): readonly string[] {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform === 'win32') {
    const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    const names = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'];
    return roots.flatMap((root) => (root ? names.map((name) => join(root, name)) : []));
  }
  return ['google-chrome-stable', 'google-chrome', 'microsoft-edge', 'chromium'].map((name) => `/usr/bin/${name}`);
}

function definedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return Object.fromEntries(entries);
}
