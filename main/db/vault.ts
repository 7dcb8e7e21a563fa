/**
 * Seals what must not lie open in the database: AES-256-GCM with a key that stands with each PC, outside of it. Every
 * bench of a shared database has the same key.
 */
export interface Vault {
  seal(text: string): Promise<string>;
  /** Error: `device` `vault.key-missing` where this PC has not the key of this database; `vault.damaged`. */
  unseal(sealed: string): Promise<string>;
  /** Code of the reason for which this PC cannot unseal what the database holds; null when it can. */
  problem(): Promise<string | null>;
}
