import type { CDPSession } from 'playwright';

const SHIFT = 8;

function pressOf(character: string): { code: string; key: string; keyCode: number; modifiers: number } {
  if (/\d/.test(character)) {
    return { code: `Digit${character}`, key: character, keyCode: character.charCodeAt(0), modifiers: 0 };
  }
  if (character === '-') return { code: 'Minus', key: '-', keyCode: 189, modifiers: 0 };
  if (!/[A-Z]/.test(character)) throw new Error(`no key for ${JSON.stringify(character)}`);
  return { code: `Key${character}`, key: character, keyCode: character.charCodeAt(0), modifiers: SHIFT };
}

/** Milliseconds between two keys; the terminator is pressed now and the keys before it were. */
const GAP_MS = 4;

/**
 * Sends one scan as key events, digits, A to Z and hyphens, the terminator last and with the time of this call.
 *
 * The times are given, so that a busy machine does not make a slow typist of the scanner.
 */
export async function typeScan(session: CDPSession, text: string): Promise<void> {
  const presses = [...text].map(pressOf).concat({ code: 'Enter', key: 'Enter', keyCode: 13, modifiers: 0 });
  const now = Date.now();
  const common = presses.map(({ code, key, keyCode, modifiers }, index) => ({
    code,
    key,
    windowsVirtualKeyCode: keyCode,
    modifiers,
    timestamp: (now - (presses.length - 1 - index) * GAP_MS) / 1_000,
  }));
  const downs = common.map((press) =>
    session.send('Input.dispatchKeyEvent', {
      ...press,
      type: 'keyDown',
      text: press.key === 'Enter' ? '\r' : press.key,
    }),
  );
  const ups = common.map((press) => session.send('Input.dispatchKeyEvent', { ...press, type: 'keyUp' }));
  await Promise.all([...downs, ...ups]);
}
