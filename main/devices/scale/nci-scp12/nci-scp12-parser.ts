import { scannedProtocol } from '../../../../shared/scale/line-protocol.ts';
import { nciScanner, scp12Shape } from '../../../../shared/scale/nci-frames.ts';
import { LINE_9600_7E1, LINE_9600_8N1, type ScaleProtocol } from '../../../../shared/scale/scale-stream.ts';

/** NCI SCP-12, 3825, 3835, H-100. Manuals disagree on the polarity of the motion bit, hence the setting. */
export const nciScp12: ScaleProtocol = scannedProtocol(
  {
    name: 'nci-scp12',
    title: 'NCI SCP-12, 3825, 3835, H-100',
    unitInFrame: true,
    tellsStable: true,
    lines: [LINE_9600_7E1, LINE_9600_8N1],
    config: ['polarity'],
  },
  (settings) => nciScanner(scp12Shape, settings),
);
