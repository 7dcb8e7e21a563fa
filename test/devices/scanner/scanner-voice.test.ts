import { describe, expect, test } from 'vitest';
import { scannerVoice } from '../../../main/devices/scanner/scanner-voice.ts';
import type { DeviceSettings } from '../../../shared/contract/devices.ts';

/** The bytes sent so far, as hex. */
function voiceOf(settings: DeviceSettings) {
  const sent: number[] = [];
  const voice = scannerVoice(settings, (bytes) => sent.push(...bytes));
  const said = () =>
    sent
      .splice(0)
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join(' ');
  return { voice, said };
}

describe('a Datalogic scanner', () => {
  test('is switched on with its line: a station that ended meanwhile may have left it off', () => {
    expect(voiceOf({ acknowledge: 'datalogic' }).said()).toBe('45');
  });

  test('beeps for a right scan', () => {
    const { voice, said } = voiceOf({ acknowledge: 'datalogic' });
    said();
    voice.answer('good');
    expect(said()).toBe('42');
  });

  test('beeps long for a wrong one, is off while the refusal stays, and on once it is acknowledged', () => {
    const { voice, said } = voiceOf({ acknowledge: 'datalogic' });
    said();
    voice.answer('bad');
    voice.latch(true);
    voice.latch(true);
    expect(said()).toBe('46 44');
    voice.latch(false);
    voice.latch(false);
    expect(said()).toBe('45');
  });

  test('stays on when the bench keeps no refusal', () => {
    const { voice, said } = voiceOf({ acknowledge: 'datalogic' });
    voice.answer('bad');
    voice.latch(false);
    expect(said()).toBe('45 46');
  });

  test('is not switched off for the refusal of another scanner', () => {
    const { voice, said } = voiceOf({ acknowledge: 'datalogic' });
    voice.latch(true);
    expect([said(), voice.asks()]).toEqual(['45', false]);
  });

  test('is switched on before its line is closed, and told nothing afterwards', () => {
    const { voice, said } = voiceOf({ acknowledge: 'datalogic' });
    voice.answer('bad');
    voice.latch(true);
    voice.close();
    voice.answer('good');
    voice.latch(false);
    expect(said()).toBe('45 46 44 45');
  });
});

test('a Honeywell gets ACK and NAK and is never switched off', () => {
  const { voice, said } = voiceOf({ acknowledge: 'honeywell' });
  voice.answer('good');
  voice.answer('bad');
  voice.latch(true);
  expect(said()).toBe('06 15');
});

test.each<DeviceSettings>([{}, { acknowledge: 'none' }])('%j says nothing at all', (settings) => {
  const { voice, said } = voiceOf(settings);
  voice.answer('good');
  voice.answer('bad');
  voice.latch(true);
  voice.waiting(500);
  voice.close();
  expect(said()).toBe('');
});

test('a line with XON/XOFF is held while many scans wait, and let go once for each time', () => {
  const { voice, said } = voiceOf({ flow: 'xon-xoff' });
  expect(said()).toBe('11');
  for (const count of [1, 7, 8, 9, 8, 3]) voice.waiting(count);
  expect(said()).toBe('13');
  for (const count of [2, 1, 0, 7]) voice.waiting(count);
  expect(said()).toBe('11');
  voice.waiting(8);
  voice.close();
  expect(said()).toBe('13 11');
});
