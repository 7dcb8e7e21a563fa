import { describe, expect, test } from 'vitest';
import {
  crossesCustoms,
  customsZone,
  type Place,
  territoryCountry,
  vatTrade,
} from '../../../shared/model/customs-territory.ts';

const place = (text: string): Place => {
  const [country = '', postcode = ''] = text.split(' ');
  return { country, postcode };
};
const nantes = place('FR 44000');

describe('a parcel from Nantes', () => {
  test.each([
    'FR 75011',
    'FR 20000',
    'MC 98000',
    'DE 10115',
    'ES 28013',
    'PT 9000',
    'IT 20121',
    'GB BT1',
    'GR 10431',
    'FI 00100',
    'DK 2100',
  ])('to %s needs no customs papers', (to) => {
    expect(crossesCustoms(nantes, place(to))).toBe(false);
  });

  test.each([
    ['GB SW1A', 'GB'],
    ['IM IM1', 'GB'],
    ['CH 8001', 'CH'],
    ['LI 9490', 'CH'],
    ['NO 0150', 'NO'],
    ['US 10001', 'US'],
    ['FR 97110', 'GP'],
    ['FR 97400', 'RE'],
    ['RE 97400', 'RE'],
    ['FR 98800', 'NC'],
    ['ES 35001', 'ES-canary-islands'],
    ['ES 38001', 'ES-canary-islands'],
    ['ES 51001', 'ES-ceuta'],
    ['IT 23041', 'IT-livigno'],
    ['IT 22061', 'IT-campione'],
    ['DE 78266', 'DE-buesingen'],
    ['DE 27498', 'DE-heligoland'],
    ['FI 22100', 'AX'],
    ['AX 22100', 'AX'],
    ['GR 63086', 'GR-athos'],
    ['DK 3900', 'GL'],
    ['DK FO-100', 'FO'],
    ['SM 47890', 'SM'],
    ['AD AD500', 'AD'],
  ])('to %s is declared (%s)', (to, zone) => {
    expect(crossesCustoms(nantes, place(to))).toBe(true);
    expect(customsZone(place(to))).toBe(zone);
    expect(vatTrade(nantes, place(to))).toBe('export');
  });

  test('inside one territory beyond the border needs none', () => {
    expect(crossesCustoms(place('GB SW1A'), place('GB M1'))).toBe(false);
    expect(crossesCustoms(place('CH 8001'), place('LI 9490'))).toBe(false);
    expect(crossesCustoms(place('FR 97400'), place('FR 97410'))).toBe(false);
  });
});

describe('VAT', () => {
  test('sees home, the union and Northern Ireland apart', () => {
    expect(vatTrade(nantes, place('FR 13002'))).toBe('domestic');
    expect(vatTrade(nantes, place('MC 98000'))).toBe('domestic');
    expect(vatTrade(nantes, place('BE 1000'))).toBe('union');
    expect(vatTrade(nantes, place('GB BT1'))).toBe('union');
    expect(vatTrade(place('GB M1'), place('GB SW1A'))).toBe('domestic');
  });

  test('names French departments overseas by their own code', () => {
    expect(['FR 97200', 'FR 75011', 'ES 35001'].map((text) => territoryCountry(place(text)))).toEqual([
      'MQ',
      'FR',
      'ES',
    ]);
  });
});
