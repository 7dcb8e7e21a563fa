/** The scheme that carries the door inside the desktop shell; no port is opened for it. */
export const stationScheme = 'packwright';

/** The origin of every page, call and event of the desktop shell. */
export const stationOrigin = 'packwright://station';

const PDF_VIEWER = 'chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/';

function parseStationAddress(address: string): URL | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  // `origin` is opaque for a scheme that the URL standard does not know, so its parts are compared.
  const ours = url.protocol === `${stationScheme}:` && url.host === 'station' && !url.username && !url.password;
  return ours ? url : undefined;
}

/** True for what the door may answer: our scheme with the one host `station`, nothing beside it. */
export function isDoorAddress(address: string): boolean {
  return parseStationAddress(address) !== undefined;
}

/** True for labels, slips and invoices, the only addresses that may be shown apart or saved to a file. */
export function isDocumentAddress(address: string): boolean {
  return parseStationAddress(address)?.pathname.startsWith('/documents/') ?? false;
}

export interface LaunchOptions {
  /** One-time token of `Station.createLaunchToken`. */
  readonly token: string;
  /** Asks the page to load the demo warehouse. */
  readonly demo: boolean;
  /** How many times this window was launched before. */
  readonly attempt: number;
}

/**
 * The address that a window is sent to, with the token in the fragment so that it never travels in a request.
 *
 * From the second launch on, a query makes the address differ before the `#`: Chromium treats a change
 * of the fragment alone as a jump inside the page and would not load it anew.
 */
export function launchAddress({ token, demo, attempt }: LaunchOptions): string {
  const query = attempt === 0 ? '' : `?launch=${attempt}`;
  return `${stationOrigin}/${query}#launch=${encodeURIComponent(token)}${demo ? '&demo=1' : ''}`;
}

/** What a window does with an address that its page wants to go to. */
export type Navigation = 'stay' | 'relaunch' | 'document' | 'deny';

/**
 * Decides where the station's own window may go.
 *
 * `relaunch` is the page's way to ask for a new session: it goes to `/relaunch`, which no server answers,
 * and the shell loads the window with a fresh launch token instead.
 */
export function decideNavigation(address: string): Navigation {
  const url = parseStationAddress(address);
  if (!url) return 'deny';
  if (url.pathname === '/relaunch') return 'relaunch';
  if (url.pathname.startsWith('/documents/')) return 'document';
  return url.pathname.startsWith('/api/') ? 'deny' : 'stay';
}

/** Frames inside a page show documents only, or the browser's own PDF viewer around them. */
export function mayLoadInFrame(address: string): boolean {
  return isDocumentAddress(address) || address.startsWith(`blob:${stationOrigin}/`) || address.startsWith(PDF_VIEWER);
}

/** Only web addresses leave for the system's browser: no files, no scripts, no other program's schemes. */
export function isWebAddress(address: string): boolean {
  return URL.canParse(address) && ['http:', 'https:'].includes(new URL(address).protocol);
}
