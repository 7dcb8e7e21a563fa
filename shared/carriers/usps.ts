import { mod10CheckDigit } from '../barcode/check-digits.ts';
import { type CarrierBarcode, groupedBy, partOf, serialDigits } from './carrier-number.ts';

/** What USPS gives a mailer; service type codes stand in its Publication 199. */
export interface ImpbRange {
  /** Channel application identifier: 92 and 93 commercial, 94 online postage, 95 retail. */
  readonly channel: '92' | '93' | '94' | '95';
  /** Three digits. */
  readonly serviceType: string;
  /** Nine digits that begin with 9 (channel 92), or six that begin with 0 to 8. */
  readonly mailerId: string;
  /** Digits of the whole number, check digit included. */
  readonly digits: 22 | 26;
}

/** Which mailer ids a channel knows: 92 the long ones, 93 and 95 the short ones, 94 both. */
const mailerIds: Readonly<Record<ImpbRange['channel'], RegExp>> = {
  92: /^9[0-9]{8}$/,
  93: /^[0-8][0-9]{5}$/,
  94: /^(?:9[0-9]{8}|[0-8][0-9]{5})$/,
  95: /^[0-8][0-9]{5}$/,
};

/** USPS Intelligent Mail package barcode without its ZIP: 22 or 26 digits. */
export function buildImpb({ channel, serviceType, mailerId, digits }: ImpbRange, serial: number): string {
  const head =
    channel + partOf('serviceType', serviceType, /^[0-9]{3}$/) + partOf('mailerId', mailerId, mailerIds[channel]);
  const body = head + serialDigits(serial, digits - 1 - head.length);
  return body + mod10CheckDigit(body);
}

/**
 * GS1-128 of ZIP and number; the ZIP is not repeated in the line for people.
 *
 * `zip` has five digits or nine without hyphen; nine fit before a number of 22 only (34 digits at most).
 */
export function impbBarcode(number: string, zip: string): CarrierBarcode & { kind: 'gs1-128' } {
  partOf('zip', zip, number.length === 22 ? /^(?:[0-9]{5}|[0-9]{9})$/ : /^[0-9]{5}$/);
  const elements = [
    { ai: '420', value: zip, variableLength: true },
    { ai: number.slice(0, 2), value: number.slice(2), variableLength: true },
  ];
  return { kind: 'gs1-128', elements, readable: groupedBy(number, 4) };
}
