import { describe, expect, test } from 'vitest';
import { dockCarriers } from '../../../main/shipping/dock-figures-rules.ts';
import {
  type DockLabel,
  isManifestNumber,
  judgeScanOut,
  labelMeant,
  labelTexts,
  manifestNumber,
} from '../../../main/shipping/dock-rules.ts';
import { classifyScan } from '../../../shared/barcode/classify-scan.ts';

const NOW = '2026-11-23T10:00:00.000Z';

function textsOf(raw: string): string[] {
  const scan = classifyScan(raw, { now: NOW });
  return scan.ok ? labelTexts(scan) : [];
}

const label: DockLabel = {
  id: 'l1',
  kind: 'outbound',
  state: 'bought',
  fault: null,
  trackingNumber: '6A12345678901',
  accountId: null,
  carrier: 'Carrier',
  parcelId: 'p1',
  parcelState: 'labelled',
  confirmedAt: NOW,
  orderId: 'o1',
  orderNumber: '#1',
  orderState: 'shipped',
  hold: null,
  manifest: null,
};
const judged = (change: Partial<DockLabel>): string => {
  const { outcome, ...more } = judgeScanOut({ ...label, ...change }, NOW);
  return 'code' in more ? more.code : outcome;
};

describe('the texts by which a label may be known', () => {
  test('routing in front of the number, blanks and the carrier’s own frame do not matter', () => {
    expect(textsOf(']C1420731089234690361980900000142')).toContain('9234690361980900000142');
    expect(textsOf('%007500410774000248380101902')).toContain('10774000248380');
    expect(textsOf(']C100095212340000000013')).toContain('095212340000000013');
    expect(textsOf('00095212340000000013')).toContain('095212340000000013');
    expect(textsOf('1Z 0FH 344 68 3174 4085')).toContain('1Z0FH3446831744085');
    expect(textsOf('8L 01234 56789 5')).toContain('8L01234567895');
  });
});

describe('what may be loaded', () => {
  test('a labelled parcel whose label was scanned at the bench', () => {
    expect(judged({})).toBe('goes');
  });

  test.each<[string, Partial<DockLabel>]>([
    ['dock.voided', { state: 'voided' }],
    ['dock.voided', { state: 'void-requested' }],
    ['dock.voided-address', { state: 'voided', fault: 'label.address-changed' }],
    ['dock.return-label', { kind: 'return' }],
    ['dock.manifested', { parcelState: 'manifested' }],
    ['dock.has-left', { parcelState: 'delivered' }],
    ['dock.cancelled', { orderState: 'cancelled' }],
    ['dock.on-hold', { hold: { reason: 'address', detail: '', until: null } }],
    ['goes', { hold: { reason: 'address', detail: '', until: '2026-11-23T09:00:00.000Z' } }],
    ['dock.not-labelled', { state: 'unknown', parcelState: 'closed' }],
    ['dock.not-confirmed', { confirmedAt: null }],
    ['known', { manifest: { id: 'm', number: 'M1', state: 'open' } }],
    ['dock.closed-manifest', { manifest: { id: 'm', number: 'M1', state: 'closed' } }],
  ])('%s', (outcome, change) => {
    expect(judged(change)).toBe(outcome);
  });

  test('of several labels with one number the living one is meant', () => {
    const dead: DockLabel = { ...label, id: 'l0', state: 'voided' };
    const back: DockLabel = { ...label, id: 'l2', kind: 'return' };
    expect(labelMeant([dead, label, back])?.id).toBe('l1');
    expect(labelMeant([dead])?.id).toBe('l0');
    expect(labelMeant([])).toBeUndefined();
  });
});

test('the number of a manifest says its day, and a scanner’s text is told from other texts', () => {
  expect(manifestNumber('2026-11-23', 7)).toBe('M20261123-07');
  expect(isManifestNumber('M20261123-107')).toBe(true);
  expect(isManifestNumber('MUG-BLU')).toBe(false);
});

test('each carrier has its counts; the next driver stands on top, one without parcels or clock is left out', () => {
  const account = (id: string, cutOff: string | null) => ({
    ...{ id, title: id, active: 1, cutOff, timeZone: 'Europe/Paris', config: '{}' },
  });
  const carriers = dockCarriers(
    {
      accounts: [account('late', '18:00'), account('none', null), account('early', '12:00')],
      waiting: [
        { accountId: 'late', shipBy: '2026-11-23T22:00:00.000Z', parcels: 2 },
        { accountId: 'late', shipBy: '2026-11-25T22:00:00.000Z', parcels: '3' },
        { accountId: null, shipBy: '2026-11-25T22:00:00.000Z', parcels: 1 },
      ],
      manifests: [
        { id: 'm1', number: 'M1', accountId: 'late', state: 'open', parcels: 0 },
        { id: 'm2', number: 'M2', accountId: 'late', state: 'open', parcels: 4 },
        { id: 'm3', number: 'M3', accountId: 'late', state: 'transmitted', parcels: 5 },
      ],
      timeZone: 'Europe/Paris',
    },
    NOW,
  );
  expect(carriers).toMatchObject([
    { accountId: 'early', waiting: 0, late: 0, manifest: null },
    { accountId: 'late', waiting: 5, late: 2, ready: 5, manifest: { number: 'M2', parcels: 4 } },
    { accountId: null, waiting: 1, cutOffAt: null },
  ]);
});
