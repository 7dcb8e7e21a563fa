import { expect, test } from 'vitest';
import { z } from 'zod';
import { ownRanges } from '../../../main/shipping/own-range-rules.ts';
import { profileFields } from '../../../shared/model/label-profiles.ts';

const there: Readonly<Record<string, { country: string; postcode: string; service: string }>> = {
  'own-usps': { country: 'US', postcode: '90277-2506', service: 'G' },
  'own-dhl': { country: 'DE', postcode: '27680', service: 'V01PAK' },
  'own-mondial-relay': { country: 'FR', postcode: '13002', service: 'HOM' },
  'own-dpd': { country: 'FR', postcode: '75004', service: '101' },
};
const config = {
  ...{ customerNumber: '900001', geopostSuffix: '248', brand: '12', postage: 'U.S. POSTAGE PAID' },
  routingTable: 'FR 0101 1 00001; FR13 0662 3 12345; FR75 FR-DPD-1077- 077; DE 99000943042250',
};
const params = {
  ...{ serviceLetters: 'CP', issuer: 'FR', product: '8L', depot: '1077', letters: 'XP', prefix: '340434161' },
  ...{ channelDigits: '92', serviceType: '055', mailerId: '901234567', numberDigits: '22' },
};

test.each(ownRanges.map((own) => [own.name, own] as const))(
  'a number of %s has every field that its layout needs, check digits right',
  (name, own) => {
    const { country, postcode, service } = there[name] ?? { country: 'FR', postcode: '13002', service: '' };
    const to = { name: 'Anna Muster', street1: '1 rue', city: 'Ville', country, postcode };
    const numbers = [4_712, 4_713].map((serial) =>
      own.number(serial, { to, weightMg: 900_000, service, config, params }),
    );
    for (const { fields, trackingNumber, scanText } of numbers) {
      expect(z.strictObject(profileFields[own.profile]).safeParse(fields)).toMatchObject({ success: true });
      expect(scanText).toContain(trackingNumber);
    }
    expect(new Set(numbers.map(({ trackingNumber }) => trackingNumber)).size).toBe(2);
  },
);

test('the row with the longest beginning of the postcode routes', () => {
  const relay = ownRanges.find(({ name }) => name === 'own-mondial-relay');
  const to = { name: 'A', street1: 'A', city: 'A', country: 'FR', postcode: '13002' };
  const facts = { to, weightMg: 1, service: 'HOM', config, params };
  expect(relay?.number(1, facts).fields).toMatchObject({ agency: '0662', run: '12345' });
  expect(() => relay?.number(1, { ...facts, to: { ...to, country: 'IT' } })).toThrow('label.no-route');
});
