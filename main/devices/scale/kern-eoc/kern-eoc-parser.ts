import { lineProtocol } from '../../../../shared/scale/line-protocol.ts';
import { LINE_9600_8N1, type ScaleProtocol } from '../../../../shared/scale/scale-stream.ts';
import { parseStatusLine } from '../../../../shared/scale/status-line.ts';

/** Kern EOC and KIB. */
export const kernEoc: ScaleProtocol = lineProtocol(
  {
    name: 'kern-eoc',
    title: 'Kern EOC, KIB',
    unsure: 'The command W that asks for a weight is taken from one program, not from a manual.',
    unitInFrame: true,
    tellsStable: true,
    lines: [LINE_9600_8N1],
    config: ['terminator'],
  },
  parseStatusLine,
);
