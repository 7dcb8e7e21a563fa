import type { Core } from './core.ts';

/** The key of this database's secrets as letters to type at another PC. Error: `vault.key-missing`. */
export function showVaultKey({ deps }: Core): Promise<string> {
  return deps.vault.showKey();
}

/** Gives this PC the key that another one showed. Error: `validation` `vault.wrong-key`. */
export function joinVaultKey({ deps }: Core, code: string): Promise<void> {
  return deps.vault.joinKey(code);
}
