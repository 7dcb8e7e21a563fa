import type { CDPSession, Page } from 'playwright';

interface KeyPress {
  readonly code: string;
  readonly key: string;
  readonly keyCode: number;
  readonly shift?: boolean;
  readonly control?: boolean;
}

export interface ScanTiming {
  /** Milliseconds between two keys, as the keys themselves say. */
  readonly gap?: number;
  /** Milliseconds since the last key of the scan before. */
  readonly pause?: number;
  readonly end?: 'Enter' | 'Tab';
}

const CONTROL = 2;
const SHIFT = 8;
const marks: Readonly<Record<string, readonly [code: string, keyCode: number, shift?: true]>> = {
  ' ': ['Space', 32],
  '-': ['Minus', 189],
  _: ['Minus', 189, true],
  ']': ['BracketRight', 221],
  '.': ['Period', 190],
  '/': ['Slash', 191],
  ':': ['Semicolon', 186, true],
  '#': ['Digit3', 51, true],
};

/** The key of a US keyboard that makes a character; GS is Ctrl+]. */
function keyOf(character: string): KeyPress {
  if (character === '\u001d') return { code: 'BracketRight', key: ']', keyCode: 221, control: true };
  if (/[A-Za-z]/.test(character)) {
    const letter = character.toUpperCase();
    return { code: `Key${letter}`, key: character, keyCode: letter.charCodeAt(0), shift: letter === character };
  }
  if (/\d/.test(character)) return { code: `Digit${character}`, key: character, keyCode: character.charCodeAt(0) };
  const mark = marks[character];
  if (!mark) throw new Error(`the test scanner has no key for ${JSON.stringify(character)}`);
  const [code, keyCode, shift] = mark;
  return { code, key: character, keyCode, ...(shift ? { shift } : {}) };
}

/** A keyboard scanner on a page: real key events whose own time stamps are exact however busy the machine is. */
export interface KeyboardScanner {
  scan(text: string, timing?: ScanTiming): Promise<void>;
}

/** Plugs a scanner into a page; its clock goes on from scan to scan, so that two scans never overlap. */
export async function plugInScanner(page: Page): Promise<KeyboardScanner> {
  const session = await page.context().newCDPSession(page);
  let clock = 0;
  return {
    async scan(text, { gap = 8, pause = 200, end = 'Enter' } = {}) {
      const terminator: KeyPress = { code: end, key: end, keyCode: end === 'Enter' ? 13 : 9 };
      clock = Math.max(clock + pause, Date.now());
      const sent = [...text].map(keyOf).concat(terminator);
      const presses = sent.map((press, index) => pressKey(session, press, clock + index * gap));
      clock += sent.length * gap;
      await Promise.all(presses);
    },
  };
}

async function pressKey(session: CDPSession, press: KeyPress, at: number): Promise<void> {
  const { code, key, keyCode, shift, control } = press;
  const typed = control ? undefined : key === 'Enter' ? '\r' : key.length === 1 ? key : undefined;
  const common = {
    code,
    key,
    windowsVirtualKeyCode: keyCode,
    modifiers: (control ? CONTROL : 0) + (shift ? SHIFT : 0),
    timestamp: at / 1_000,
  };
  const down = session.send('Input.dispatchKeyEvent', {
    ...common,
    type: typed === undefined ? 'rawKeyDown' : 'keyDown',
    ...(typed === undefined ? {} : { text: typed }),
  });
  const up = session.send('Input.dispatchKeyEvent', { ...common, type: 'keyUp' });
  await Promise.all([down, up]);
}
