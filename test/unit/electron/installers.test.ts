import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';

const project = resolve(import.meta.dirname, '../../..');

interface BuilderConfig {
  readonly [key: string]: unknown;
}
interface ConfigLoader {
  getConfig(projectDir: string, configPath: string | null, overrides: BuilderConfig | null): Promise<BuilderConfig>;
  validateConfiguration(config: BuilderConfig, debugLogger: { isEnabled: boolean }): Promise<void>;
}

/** electron-builder's own reader: what it would pack with, defaults and schema included. */
function loadBuilder(): ConfigLoader {
  const ofProject = createRequire(resolve(project, 'package.json'));
  const ofBuilder = createRequire(ofProject.resolve('electron-builder'));
  return ofBuilder('app-builder-lib/out/util/config/config.js');
}

let config: BuilderConfig;
beforeAll(async () => {
  config = await loadBuilder().getConfig(project, null, null);
});

describe('the installers’ configuration', () => {
  test('is one that electron-builder understands', async () => {
    await expect(loadBuilder().validateConfiguration(config, { isEnabled: false })).resolves.toBeUndefined();
  });

  test('burns every door of the binary shut that the station does not use', () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
    expect(config).toMatchObject({ asar: true });
    expect(config.disableAsarIntegrity).toBeUndefined();
  });

  test('makes an installer for each system', () => {
    expect(config).toMatchObject({
      win: { target: 'nsis' },
      linux: { target: ['AppImage', 'deb'] },
      mac: { target: 'dmg' },
    });
  });

  test('carry our icon, large enough for macOS', () => {
    const png = readFileSync(resolve(project, String(config.icon)));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBeGreaterThanOrEqual(512);
  });

  test('asks on Windows for whom to install, and keeps the data when the program goes', () => {
    expect(config.nsis).toMatchObject({ oneClick: false, perMachine: false, deleteAppDataOnUninstall: false });
  });

  test('neither compiles native modules nor uploads anything', () => {
    expect(config).toMatchObject({ npmRebuild: false, publish: null });
  });

  test('starts the AppImage in Chromium’s sandbox', () => {
    expect(config.toolsets).toEqual({ appimage: '1.0.3' });
  });
});
