import { describe, expect, test } from 'vitest';
import {
  dhlExpressCheckDigit,
  dhlPaketCheckDigit,
  fedex12CheckDigit,
  mondialRelayCheckDigit,
  upsCheckDigit,
} from '../../../shared/barcode/carrier-check-digits.ts';
import {
  hasMod10CheckDigit,
  mod10CheckDigit,
  mod37CheckCharacter,
  s10CheckDigit,
} from '../../../shared/barcode/check-digits.ts';

describe('check digits of real numbers', () => {
  test.each([
    ['SSCC', '10614141234567890', '8'],
    ['USPS IMpb', '923469036198090000014', '2'],
    ['Canada Post', '007393800054929', '7'],
    ['Colissimo', '0627050893', '2'],
    ['EAN-13', '400638133393', '1'],
    ['UPC-A', '01234500006', '5'],
  ])('mod 10 of a %s number', (_, body, check) => {
    expect(mod10CheckDigit(body)).toBe(check);
    expect(hasMod10CheckDigit(body + check)).toBe(true);
    expect(hasMod10CheckDigit(body + ((Number(check) + 1) % 10))).toBe(false);
  });

  test('S10 takes 10 as 0 and 11 as 5', () => {
    expect(s10CheckDigit('47312482')).toBe('9');
    expect(s10CheckDigit('12345678')).toBe('5');
    expect(s10CheckDigit('00000000')).toBe('5');
    expect(s10CheckDigit('00000008')).toBe('0');
  });

  test.each([
    ['123AB', 'X'],
    ['007500410774000248383101902', 'D'],
    ['10774000248383', '2'],
    ['XP696982485248', 'D'],
  ])('mod 37,36 of %s is %s', (body, check) => {
    expect(mod37CheckCharacter(body)).toBe(check);
  });

  test('UPS counts letters by their place in ASCII', () => {
    expect(upsCheckDigit('0FH344683174408')).toBe('5');
  });

  test('FedEx Express, DHL Express and DHL Paket', () => {
    expect(fedex12CheckDigit('79460479013')).toBe('8');
    expect(dhlExpressCheckDigit('005771440')).toBe('3');
    expect(dhlPaketCheckDigit('56310243031')).toBe('3');
    expect(dhlPaketCheckDigit('6070100175640')).toBe('2');
  });

  test('Mondial Relay', () => {
    expect(mondialRelayCheckDigit('0662312345')).toBe('4');
    expect(mondialRelayCheckDigit('12123456780101')).toBe('0');
  });

  test('letters where only digits belong are a fault of the program', () => {
    expect(() => mod10CheckDigit('12A')).toThrow('check-digit.not-digits');
    expect(() => mod37CheckCharacter('ab')).toThrow('check-digit.not-alphanumeric');
  });
});
