/** What the printed or opened address asks for. */
export interface LaunchFragment {
  readonly token: string;
  /** Another bench than this PC's own. */
  readonly station?: string;
  readonly demo: boolean;
}

/** Reads `#launch=TOKEN[&station=NAME][&demo=1]`; undefined for any other fragment, such as a screen's own. */
export function readLaunchFragment(hash: string): LaunchFragment | undefined {
  const wishes = new URLSearchParams(hash.replace(/^#/, ''));
  const token = wishes.get('launch');
  if (!token) return undefined;
  const station = wishes.get('station');
  return { token, demo: wishes.get('demo') === '1', ...(station ? { station } : {}) };
}
