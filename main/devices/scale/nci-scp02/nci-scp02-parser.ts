import { scannedProtocol } from '../../../../shared/scale/line-protocol.ts';
import { nciScanner, scp01Shape } from '../../../../shared/scale/nci-frames.ts';
import { LINE_9600_7E1, LINE_9600_8N1, type ScaleProtocol } from '../../../../shared/scale/scale-stream.ts';

/** NCI SCP-02 or "ECR": the status stands behind an S, and no weight is sent while it moves or is out of range. */
export const nciScp02: ScaleProtocol = scannedProtocol(
  {
    name: 'nci-scp02',
    title: 'NCI SCP-02, ECR',
    unitInFrame: true,
    tellsStable: true,
    lines: [LINE_9600_8N1, LINE_9600_7E1],
    config: ['polarity'],
  },
  (settings) => nciScanner(scp01Shape, settings),
);
