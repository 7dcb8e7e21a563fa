import { describe, expect, test } from 'vitest';
import type { CarrierConnector, ShipmentRequest } from '../../../main/carriers/carrier.ts';
import type { SimulatedCarrier, SimulatorDeps } from '../../../main/carriers/carrier-simulator.ts';
import { chronopostConnector } from '../../../main/carriers/chronopost/carrier.ts';
import { simulateChronopost } from '../../../main/carriers/chronopost/simulated.ts';
import { CHRONOPOST_SANDBOX } from '../../../main/carriers/chronopost/simulated-checks.ts';
import { colissimoConnector } from '../../../main/carriers/colissimo/carrier.ts';
import { simulateColissimo } from '../../../main/carriers/colissimo/simulated.ts';
import { COLISSIMO_SANDBOX } from '../../../main/carriers/colissimo/simulated-checks.ts';
import { dpdFranceConnector } from '../../../main/carriers/dpd-france/carrier.ts';
import { simulateDpdFrance } from '../../../main/carriers/dpd-france/simulated.ts';
import { DPD_SANDBOX } from '../../../main/carriers/dpd-france/simulated-checks.ts';
import { examineLabelFile } from '../../../main/documents/carrier-file.ts';
import { bought, inWorld } from './support/connector-world.ts';
import { aShipment } from './support/shipments.ts';

interface Played {
  readonly connector: CarrierConnector;
  simulate(deps: SimulatorDeps): SimulatedCarrier;
  readonly config: Readonly<Record<string, string>>;
  readonly service: string;
}

const played: readonly Played[] = [
  { connector: colissimoConnector, simulate: simulateColissimo, config: COLISSIMO_SANDBOX, service: 'DOS' },
  { connector: chronopostConnector, simulate: simulateChronopost, config: CHRONOPOST_SANDBOX, service: '01' },
  { connector: dpdFranceConnector, simulate: simulateDpdFrance, config: DPD_SANDBOX, service: 'CLASSIC' },
];

const SHEETS = { '100x150': { widthMm: 100, heightMm: 150 }, '4x6': { widthMm: 101.6, heightMm: 152.4 } } as const;

async function examined({ connector, simulate, config, service }: Played, label: ShipmentRequest['label']) {
  const subject = { connector, simulate, config, wrongConfig: config, request: aShipment, refused: {} };
  const received = () => ({ reference: '', weightMg: 0, customs: null });
  let problems: unknown = 'nothing was bought';
  await inWorld({ ...subject, received }, async ({ carrier }) => {
    const purchase = await bought(carrier, aShipment({ service, label }));
    if (purchase.label.kind !== 'file') throw new Error('this carrier makes its labels itself');
    const { trackingNumber, scanTexts } = purchase;
    const { bytes, format } = purchase.label;
    const examination = await examineLabelFile({
      ...{ bytes, format, media: SHEETS[label.media], dpi: label.dpi, trackingNumber, scanTexts },
    });
    problems = examination.problems;
  });
  return problems;
}

describe.each(played.map((one) => [one.connector.title, one] as const))('a label of %s', (_title, one) => {
  test.each([
    ['pdf', '4x6', 203],
    ['pdf', '4x6', 300],
    ['pdf', '100x150', 203],
    ['pdf', '100x150', 300],
    ['zpl', '4x6', 203],
    ['zpl', '100x150', 300],
  ] as const)(
    'wanted as %s on %s at %i dpi reads back as this parcel and passes the proof',
    async (file, media, dpi) => {
      expect(await examined(one, { media, dpi, file })).toEqual([]);
    },
  );
});
