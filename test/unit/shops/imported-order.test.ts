import { describe, expect, test } from 'vitest';
import { type NormalisedOrder, orderDefaults } from '../../../main/channels/channel.ts';
import { type KnownUnits, toImported } from '../../../main/shops/imported-order-service.ts';

const anOrder = (told: Partial<NormalisedOrder>, quantityToPack = 2): NormalisedOrder => ({
  ...orderDefaults,
  channel: 'taobao',
  externalId: '4812345678901234567',
  externalNumber: '4812345678901234567',
  placedAt: '2026-11-20T08:00:00.000Z',
  shipBy: null,
  sourceTimes: { placedAt: '2026-11-20 16:00:00', updatedAt: null, shipBy: null },
  payState: 'paid',
  shipState: 'to-ship',
  addressState: 'clear',
  address: {
    ...{
      name: 'Exemple',
      company: '',
      street1: '1 quai de l’Exemple',
      street2: '',
      postcode: '13002',
      city: 'Marseille',
    },
    ...{ region: '', country: 'FR', phone: '', email: '' },
  },
  packages: [],
  attribution: { channel: 'taobao', evidence: 'channel', settled: true, marketplaceOrderId: null },
  lines: [
    {
      ...{ externalLineIds: ['1'], sku: 'SKU-1', barcode: null, title: 'Mug', variant: null, quantityOrdered: 2 },
      ...{ quantityToPack, gift: false, giftMessage: null, unitPriceMinor: null },
    },
  ],
  ...told,
});
const at = { channel: 'taobao', key: 'shop' } as const;
const known = (told: Partial<KnownUnits['lines'][number]> = {}, state: KnownUnits['state'] = 'ready'): KnownUnits => ({
  state,
  lines: [{ key: '1', sku: 'SKU-1', wanted: 2, shipped: 0, ...told }],
  allTold: false,
});

describe('an order of which nothing is left to send at its platform', () => {
  test('waits, as it is, while the buyer has only asked for the money back', () => {
    const taken = toImported(anOrder({ cancelRequested: true }, 0), at, known());

    expect(taken).toMatchObject({
      cancelled: false,
      keptBack: { reason: 'cancel-requested' },
      lines: [{ quantity: 2 }],
    });
  });

  test('goes on once the buyer takes that back', () => {
    expect(toImported(anOrder({}), at, known())).toMatchObject({
      cancelled: false,
      keptBack: null,
      lines: [{ quantity: 2 }],
    });
  });

  test('is cancelled once it was granted', () => {
    expect(toImported(anOrder({}, 0), at, known())).toMatchObject({ cancelled: true, keptBack: null });
    expect(toImported(anOrder({ shipState: 'cancelled' }, 0), at, known())).toMatchObject({ cancelled: true });
  });

  test('is not taken at all while nobody here knows it', () => {
    expect(toImported(anOrder({ cancelRequested: true }, 0), at, undefined)).toBeNull();
  });
});

test('a box that a platform labelled is not taken apart because the platform counts it as sent', () => {
  const half = anOrder({ labelMode: 'platform', shipState: 'partly-shipped' }, 1);

  expect(toImported(half, at, known({ shipped: 1 }, 'packing'))).toMatchObject({ lines: [{ quantity: 2 }] });
  expect(toImported(half, at, known({}, 'packing'))).toMatchObject({ lines: [{ quantity: 1 }] });
});
