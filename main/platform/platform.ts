import type { StartProcess } from '../../shared/devices/side-process.ts';

/** Keeps small secrets outside the database: safeStorage in the Electron shell, an encrypted file in the web shell. */
export interface Secrets {
  get(name: string): Promise<string | undefined>;
  set(name: string, value: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** What a shell supplies to the station. Everything else runs the same in both shells. */
export interface Platform {
  readonly shell: 'electron' | 'web' | 'cli';
  readonly secrets: Secrets;
  /** Opens an http(s) address in the operating system's browser. */
  openExternal(url: string): Promise<void>;
  /** Starts a script beside the station where Node's own way does not work (Electron's program is no Node). */
  readonly startProcess?: StartProcess;
}
