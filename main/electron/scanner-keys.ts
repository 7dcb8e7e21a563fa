/** The part of Electron's `Input` that tells which shortcut a key press is. */
export interface KeyPress {
  /** As `KeyboardEvent.key`. */
  readonly key: string;
  /** As `KeyboardEvent.code`. */
  readonly code: string;
  readonly control: boolean;
  readonly meta: boolean;
  readonly alt: boolean;
}

export interface KeyMode {
  readonly kiosk: boolean;
  readonly development: boolean;
}

// Keyboard scanners type control characters as Ctrl+letter. Those that a barcode or its framing needs stay:
// B STX, C ETX, D EOT, I TAB, J LF, M CR, `]` GS, `^` RS, `\` FS, `_` US. Of these only J steers browsers, but
// no menu of this window listens to it, and the page swallows it as the end of a scan.
const CONTROL_KEYS = new Set([...'efghklnopqrstuw', '+', '=', '-', '0']);
// Only people press the Command key, so its quit, hide and edit shortcuts stay.
const META_KEYS = new Set([...'jlnoprstuw', '+', '=', '-', '0', '[', ']']);
const ALT_KEYS = new Set(['ArrowLeft', 'ArrowRight', 'Home']);
const DEVELOPER_KEYS = new Set(['r', 'F5', 'F12']);

/**
 * True for key presses that steer a browser (reload, close, zoom, print, history) and that a scan may contain.
 *
 * The shell swallows them before page and menu see them: a 2D code must not close the window that packs.
 */
export function isBrowserShortcut(press: KeyPress, mode: KeyMode): boolean {
  const key = latinKey(press);
  if (mode.development && DEVELOPER_KEYS.has(key)) return false;
  if (key === 'F5' || key === 'F12' || key.startsWith('Browser')) return true;
  if (key === 'F11') return mode.kiosk;
  if (press.control && press.alt) return false; // AltGr types characters on European layouts.
  if (press.alt) return ALT_KEYS.has(key);
  return (press.control && CONTROL_KEYS.has(key)) || (press.meta && META_KEYS.has(key));
}

/** The layout's own letter, or the key's place where the layout has no Latin letters. */
function latinKey({ key, code }: KeyPress): string {
  if (key.length > 1) return key;
  const typed = key.toLowerCase();
  const place = /^Key(?<letter>[A-Z])$/.exec(code)?.groups?.letter;
  return typed > '\u007f' && place ? place.toLowerCase() : typed;
}
