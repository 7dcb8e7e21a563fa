import { scannedProtocol } from '../../../../shared/scale/line-protocol.ts';
import { nciScanner, scp01Shape } from '../../../../shared/scale/nci-frames.ts';
import { LINE_9600_7E1, LINE_9600_8N1, type ScaleProtocol } from '../../../../shared/scale/scale-stream.ts';

/** NCI SCP-01 (Weigh-Tronix, Brecknell, Fairbanks, Adam MDW, Ohaus Aviator). */
export const nciScp01: ScaleProtocol = scannedProtocol(
  {
    name: 'nci-scp01',
    title: 'NCI SCP-01 (Weigh-Tronix, Brecknell, Fairbanks, Adam MDW)',
    unitInFrame: true,
    tellsStable: true,
    lines: [LINE_9600_8N1, LINE_9600_7E1],
    config: ['polarity'],
  },
  (settings) => nciScanner(scp01Shape, settings),
);
