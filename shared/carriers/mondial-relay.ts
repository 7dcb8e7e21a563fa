import { mondialRelayCheckDigit } from '../barcode/carrier-check-digits.ts';
import { type CarrierBarcode, grouped, partOf, serialDigits } from './carrier-number.ts';

/** What Mondial Relay gives and answers; agency, service and run come with each shipment. */
export interface MondialRelayRoute {
  /** Brand code, two digits. */
  readonly brand: string;
  readonly parcelIndex: number;
  readonly parcelCount: number;
  /** Four digits. */
  readonly agency: string;
  /** One digit. */
  readonly service: string;
  /** Five digits. */
  readonly run: string;
}

/** Shipment number: eight digits of the range. */
export function buildMondialRelayShipment(serial: number): string {
  return serialDigits(serial, 8);
}

/** The 26 digits of the label: brand, shipment, parcel of parcels, key | agency, service, run, key (label spec 2.3). */
export function mondialRelayCode(route: MondialRelayRoute, shipment: string): string {
  const parcel =
    partOf('brand', route.brand, /^[0-9]{2}$/) +
    partOf('shipment', shipment, /^[0-9]{8}$/) +
    serialDigits(route.parcelIndex, 2) +
    serialDigits(route.parcelCount, 2);
  const way =
    partOf('agency', route.agency, /^[0-9]{4}$/) +
    partOf('service', route.service, /^[0-9]$/) +
    partOf('run', route.run, /^[0-9]{5}$/);
  return parcel + mondialRelayCheckDigit(parcel) + way + mondialRelayCheckDigit(way);
}

/** Code 128 of the 26 digits. */
export function mondialRelayBarcode(code: string): CarrierBarcode {
  partOf('code', code, /^[0-9]{26}$/);
  return { kind: 'code128', text: code, readable: grouped(code, [2, 8, 2, 2, 1, 4, 1, 5]) };
}
