import { expect, test } from 'vitest';
import { scaleProtocols } from '../../../main/app/scale-protocols.ts';
import { scaleVoices } from '../../../main/devices/simulated/scale-voices.ts';

const serial = scaleProtocols.filter(({ lines }) => lines.length > 0);

test('every protocol that comes over a line has a simulated scale', () => {
  expect(Object.keys(scaleVoices).sort()).toEqual(serial.map(({ name }) => name).sort());
});

test.each(serial.map((protocol) => [protocol.name, protocol] as const))(
  'the simulated %s says what its parser reads',
  (name, protocol) => {
    const voice = scaleVoices[name];
    const stream = protocol.open({ unit: voice?.unit });
    const read = (load: { mg: number; stable: boolean }) => {
      const bytes = Buffer.from(voice?.frame(load) ?? '', 'latin1');
      return [...stream.push(bytes), ...stream.flush()];
    };

    const [still] = read({ mg: 1_230_000, stable: true });
    const moving = read({ mg: 1_230_000, stable: false });

    expect(still).toMatchObject({ kind: 'weight', mg: 1_230_000 });
    // CAS 10-byte, STX A and Sterling 7600 never tell: their weights are for the eye.
    const tells = still?.kind === 'weight' && still.stable !== null;
    expect(still).toMatchObject({ usable: tells });
    if (tells) expect(moving.filter((frame) => frame.kind === 'weight' && frame.usable)).toEqual([]);
  },
);
