import type { SimulatedLabel } from '../../../main/carriers/carrier-simulator.ts';

type Symbols = SimulatedLabel['symbols'];

/** A carrier's symbols as its labels show them, and what a scanner sends for each. */
export interface SymbolSet {
  readonly trackingNumber: string;
  readonly symbols: Symbols;
  /** Identifier and text, in the order of `symbols`. */
  readonly scans: readonly string[];
}

const maxiCodeText =
  '[)>\x1e01\x1d9680804 \x1d276\x1d068\x1d1Z31744085\x1dUPSN\x1d0FH344\x1d177\x1d\x1d1/1\x1d1\x1dN\x1d\x1dMUNICH\x1d\x1e\x04';
const geopostText = '[)>\x1e03\x1d75004\x1d250\x1d101\x1d10774000248383\x1dGEOP\x1e\x04';
const fedexText =
  '[)>\x1e01\x1d0273108\x1d840\x1d019\x1d7946047901380201\x1dFDE\x1d1234\x1d177\x1d\x1d1/1\x1d4.00KG\x1dN\x1d4125 NORTH WESTERN\x1dOKLAHOMA CITY\x1dOK\x1dMICHAEL\x1e\x04';

export const symbolSets = {
  ups: {
    trackingNumber: '1Z0FH3446831744085',
    symbols: [
      { kind: 'code128', text: '1Z0FH3446831744085' },
      { kind: 'code128', text: '42127680804' },
      { kind: 'maxicode', text: maxiCodeText },
    ],
    scans: [']C01Z0FH3446831744085', ']C042127680804', `]U1${maxiCodeText}`],
  },
  usps: {
    trackingNumber: '9234690361980900000142',
    symbols: [
      { kind: 'gs1-128', text: '(420)73108(92)34690361980900000142' },
      { kind: 'gs1datamatrix', text: '(420)73108(92)34690361980900000142' },
    ],
    scans: [']C142073108\x1d9234690361980900000142', ']d242073108\x1d9234690361980900000142'],
  },
  fedex: {
    trackingNumber: '794604790138',
    symbols: [
      { kind: 'code128', text: '1001901611340002758800794604790138' },
      { kind: 'pdf417', text: fedexText },
    ],
    scans: [']C01001901611340002758800794604790138', `]L2${fedexText}`],
  },
  dhl: {
    trackingNumber: '00340434123400000019',
    symbols: [
      { kind: 'gs1-128', text: '(00)340434123400000019' },
      { kind: 'gs1-128', text: '(403)27680807+99000943042250' },
      { kind: 'itf', text: '60701001756402' },
      { kind: 'qr', text: 'https://tracking.example/340434' },
    ],
    scans: [
      ']C100340434123400000019',
      ']C140327680807+99000943042250',
      ']I060701001756402',
      ']Q1https://tracking.example/340434',
    ],
  },
  dpd: {
    trackingNumber: '10774000248383',
    symbols: [
      { kind: 'code128', text: '%007500410774000248383101902' },
      { kind: 'aztec', text: geopostText },
    ],
    scans: [']C0%007500410774000248383101902', `]z0${geopostText}`],
  },
  colissimo: {
    trackingNumber: '8L01234567895',
    symbols: [
      { kind: 'code128', text: '8L01234567895' },
      { kind: 'code128', text: '7A172240900001123400004932' },
      { kind: 'datamatrix', text: '8L01234567895|44000' },
    ],
    scans: [']C08L01234567895', ']C07A172240900001123400004932', ']d18L01234567895|44000'],
  },
} as const satisfies Record<string, SymbolSet>;

/** A label of one of these carriers; everything else is alike. */
export function aSimulatedLabel(set: SymbolSet, change: Partial<SimulatedLabel> = {}): SimulatedLabel {
  return {
    carrier: 'Simulated Parcel',
    service: 'Ground',
    from: {
      name: 'Entrepôt Lumière',
      street1: '18 quai de la Fosse',
      postcode: '44000',
      city: 'Nantes',
      country: 'FR',
    },
    to: {
      name: 'Michael O’Connor',
      company: '王小明 & ^~_',
      street1: '4125 North Western Avenue',
      street2: 'Suite 310',
      postcode: '73118',
      city: 'Oklahoma City',
      region: 'OK',
      country: 'US',
    },
    trackingNumber: set.trackingNumber,
    symbols: set.symbols,
    media: '4x6',
    dpi: 203,
    file: 'pdf',
    ...change,
  };
}
