import { chmodSync, chownSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Whom a program runs as, in the words of `child_process.spawn`. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The account that the server runs as: ours, unless we are root.
 *
 * PostgreSQL refuses root, so that an account which every Linux has is borrowed; nothing is added to the machine.
 */
export function accountFor(uid: number | undefined): Account | undefined {
  if (uid !== 0) return undefined;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name, , accountId, groupId]) => ({ name, uid: Number(accountId), gid: Number(groupId) }));
  const found =
    accounts.find(({ name }) => name === 'postgres') ??
    accounts.find(({ name }) => name === 'nobody') ??
    accounts.find((account) => account.uid > 0);
  if (!found) throw new Error('PostgreSQL does not run as root, and this machine has no other account');
  return { uid: found.uid, gid: found.gid };
}

/** Hands files over to the account and lets it reach the folder that they lie in. */
export function giveTo(account: Account | undefined, paths: readonly string[]): void {
  if (!account) return;
  for (const path of paths) {
    chmodSync(dirname(path), 0o755);
    chownSync(path, account.uid, account.gid);
  }
}
