import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { Arch, build, Platform } from 'electron-builder';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const project = resolve(import.meta.dirname, '../..');
const manifest: { main: string; dependencies: object; devDependencies: object } = JSON.parse(
  readFileSync(join(project, 'package.json'), 'utf8'),
);

let work: string;
let resources: string;
let packed: readonly string[];

/** Electron's own files, as far as packing looks at them: the binary itself is not on every machine. */
function dummyElectron(folder: string): string {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  for (const locale of ['en-US', 'en-GB', 'fr', 'de']) writeFileSync(join(folder, 'locales', `${locale}.pak`), '');
  writeFileSync(join(folder, 'electron'), '');
  return folder;
}

const ours = () => packed.filter((path) => !path.startsWith('/node_modules'));
const packageNames = () =>
  new Set(packed.map((path) => /^\/node_modules\/(?<name>(?:@[^/]+\/)?[^/@]+)/.exec(path)?.groups?.name));

beforeAll(async () => {
  if (!existsSync(join(project, manifest.main))) {
    execFileSync(process.execPath, [join(project, 'main/launch/build.mjs')], { cwd: project, stdio: 'inherit' });
  }
  work = mkdtempSync(join(tmpdir(), 'packwright-pack-'));
  await build({
    projectDir: project,
    targets: Platform.LINUX.createTarget('dir', Arch.x64),
    publish: 'never',
    config: {
      electronDist: dummyElectron(join(work, 'electron')),
      // There is no binary to set them in; the unit test reads them from the configuration.
      electronFuses: null,
      directories: { output: join(work, 'out') },
    },
  });
  resources = join(work, 'out', 'linux-unpacked', 'resources');
  packed = listPackage(join(resources, 'app.asar'), { isPack: false });
}, 300_000);
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('the packed app', () => {
  test('starts from the built shell and brings its pages', () => {
    expect(packed).toContain('/dist/main/electron.js');
    expect(packed).toContain('/dist/renderer/index.html');
    const inside: unknown = JSON.parse(extractFile(join(resources, 'app.asar'), 'package.json').toString());
    expect(inside).toMatchObject({ name: 'packwright', main: 'dist/main/electron.js', type: 'module' });
  });

  test('holds what was built and nothing that it was built from', () => {
    const folders = new Set(ours().map((path) => path.split('/').slice(1, 3).join('/')));
    expect([...folders].sort()).toEqual(['dist', 'dist/main', 'dist/renderer', 'package.json']);
  });

  test('holds no source maps and no sources, its packages’ included', () => {
    expect(packed.filter((path) => /\.(?:map|[cm]?tsx?|o|a)$/.test(path))).toEqual([]);
  });

  test('holds every package that it runs on and none that only builds or tests it', () => {
    const names = packageNames();
    expect(Object.keys(manifest.dependencies).filter((name) => !names.has(name))).toEqual([]);
    // One that a package of the product stands on itself is told apart by the lock.
    const lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { dev?: true }>;
    };
    const onlyBuilds = (name: string): boolean => lock.packages[`node_modules/${name}`]?.dev === true;
    expect(Object.keys(manifest.devDependencies).filter((name) => onlyBuilds(name) && names.has(name))).toEqual([]);
  });

  test('holds every package that its built code imports', () => {
    const built = packed.filter((path) => /^\/dist\/main\/.*\.js$/.test(path));
    const text = built.map((path) => extractFile(join(resources, 'app.asar'), path.slice(1)).toString()).join('\n');
    const patterns = [
      /(?:^|;)\s*import\s*(?:[^;'"]*\bfrom\s*)?["'](?<name>(?:@[\w.-]+\/)?[\w.-]+)/gm,
      /\bimport\(\s*["'](?<name>(?:@[\w.-]+\/)?[\w.-]+)/g,
    ];
    const specifiers = patterns.flatMap((pattern) => [...text.matchAll(pattern)]);
    const imported = new Set(specifiers.map((match) => match.groups?.name ?? ''));
    const known = new Set([...packageNames(), ...builtinModules, 'node', 'electron', '.', '..']);
    expect([...imported].filter((name) => !known.has(name))).toEqual([]);
  });

  test('leaves native modules outside the archive as files that the system can open', () => {
    const natives = packed.filter((path) => path.endsWith('.node'));
    expect(natives).toContainEqual(expect.stringContaining('node_sqlite3.node'));
    expect(natives).toContainEqual(expect.stringContaining('bindings-cpp.glibc.node'));
    for (const native of natives)
      expect(statSync(join(resources, 'app.asar.unpacked', native)).size).toBeGreaterThan(0);
  });

  test('brings native modules for its own system only', () => {
    const foreign = /prebuilds\/(?:HID(?:_hidraw)?-)?(?:android|darwin|win32)/;
    expect(packed.filter((path) => foreign.test(path) && path.endsWith('.node'))).toEqual([]);
  });

  test('brings what reads USB scales as a binary, without what it was made from', () => {
    const hid = packed.filter((path) => path.startsWith('/node_modules/node-hid/'));
    expect(hid).toContainEqual(expect.stringMatching(/prebuilds\/HID_hidraw-linux-x64\/.*\.node$/));
    expect(hid.filter((path) => /\/(?:hidapi|src)(?:\/|$)|\.(?:c|cc|h|gyp)$/.test(path))).toEqual([]);
  });

  test('brings the program that prints on Windows to no other system', () => {
    expect(packed.filter((path) => path.endsWith('.exe'))).toEqual([]);
    expect(existsSync(join(resources, 'app.asar.unpacked/node_modules/pdf-to-printer'))).toBe(false);
  });

  test('brings the two fonts of its documents with their licence, and no other weight', () => {
    const fonts = packed.filter((path) => path.startsWith('/node_modules/@expo-google-fonts/noto-sans/'));
    expect(fonts.filter((path) => /\.(?:ttf|png)$/.test(path))).toEqual([
      '/node_modules/@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
      '/node_modules/@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf',
    ]);
    expect(fonts).toContain('/node_modules/@expo-google-fonts/noto-sans/LICENSE_FONT');
  });

  test('brings Electron’s texts in our two languages', () => {
    const kept = ['en-US', 'en-GB', 'fr', 'de'].filter((locale) =>
      existsSync(join(work, 'out', 'linux-unpacked', 'locales', `${locale}.pak`)),
    );
    expect(kept).toEqual(['en-US', 'en-GB', 'fr']);
  });
});
