import type { RuleConditions } from '../../shared/contract/shipping-accounts.ts';

/** A carrier account of the demo, by connector; `key` is how its rules name it. */
export interface DemoAccount {
  readonly key: string;
  readonly connector: string;
  readonly title: string;
  readonly config: Readonly<Record<string, string>>;
  /** Online carriers are simulated in the process itself: their address and credentials are the simulation's. */
  readonly online: boolean;
  readonly cutOff: string | null;
  readonly ranges: readonly DemoRange[];
}

interface DemoRange {
  readonly title: string;
  readonly params: Readonly<Record<string, string>>;
  readonly first: string;
  readonly last: string;
}

interface DemoTarget {
  readonly account: string;
  readonly service: string;
}

export interface DemoRule {
  readonly direction: 'outbound' | 'return';
  readonly title: string;
  readonly conditions: RuleConditions;
  /** Without a goal, the first one; with one, rates of all are compared. */
  readonly goal: 'cheapest' | 'fastest' | null;
  readonly among: readonly DemoTarget[];
}

const range = (title: string, params: DemoRange['params'], places: number): DemoRange => ({
  title,
  params,
  first: `1${'0'.repeat(places - 1)}`,
  last: `8${'9'.repeat(places - 1)}`,
});

/** Numbers and contracts that nobody has: labels of own ranges say SPECIMEN, online carriers are simulated. */
export const demoAccounts: readonly DemoAccount[] = [
  {
    key: 'colissimo',
    connector: 'own-colissimo',
    title: 'Colissimo',
    config: { customerNumber: '900001' },
    online: false,
    cutOff: '16:30',
    ranges: [
      range('Domicile 8L', { product: '8L' }, 10),
      range('Retour 8R', { product: '8R' }, 10),
      range('International CY', { product: 'CY' }, 8),
    ],
  },
  {
    key: 'dhl',
    connector: 'own-dhl',
    title: 'DHL Paket',
    // One row for all of Germany: the carrier's own data have one for every street.
    config: { routingTable: 'DE 99000943042250' },
    online: false,
    cutOff: '17:00',
    ranges: [range('SSCC 340434161', { prefix: '340434161' }, 8)],
  },
  {
    key: 's10',
    connector: 'own-s10',
    title: 'La Poste International',
    config: { carrierName: 'La Poste' },
    online: false,
    cutOff: '16:30',
    ranges: [range('CP … FR', { serviceLetters: 'CP', issuer: 'FR' }, 8)],
  },
  {
    key: 'usps',
    connector: 'own-usps',
    title: 'USPS (returns desk)',
    config: { postage: 'U.S. POSTAGE PAID', permit: 'ATELIER DEMO PERMIT 0' },
    online: false,
    cutOff: null,
    ranges: [
      range('92 055', { channelDigits: '92', serviceType: '055', mailerId: '901234567', numberDigits: '22' }, 7),
    ],
  },
  { key: 'easypost', connector: 'easypost', title: 'EasyPost', config: {}, online: true, cutOff: '18:00', ranges: [] },
];

/** First one first; what none takes gets the shipper's own logistic label. */
export const demoRules: readonly DemoRule[] = [
  {
    direction: 'outbound',
    title: 'France, 10 kg and more: the cheapest',
    conditions: { countries: ['FR'], minWeightMg: 10_000_000, hazardous: false },
    goal: 'cheapest',
    among: [{ account: 'easypost', service: '' }],
  },
  {
    direction: 'outbound',
    title: 'France: Colissimo',
    conditions: { countries: ['FR', 'MC'] },
    goal: null,
    among: [{ account: 'colissimo', service: 'home' }],
  },
  {
    direction: 'outbound',
    title: 'Germany: DHL Paket',
    conditions: { countries: ['DE'] },
    goal: null,
    among: [{ account: 'dhl', service: 'V01PAK' }],
  },
  {
    direction: 'outbound',
    title: 'United States: the cheapest, with customs data',
    conditions: { countries: ['US'], hazardous: false },
    goal: 'cheapest',
    among: [{ account: 'easypost', service: '' }],
  },
  {
    direction: 'outbound',
    title: 'Everywhere else: La Poste',
    conditions: {},
    goal: null,
    among: [{ account: 's10', service: 'parcel' }],
  },
  {
    direction: 'return',
    title: 'Returns within France: Colissimo',
    conditions: { countries: ['FR', 'MC'] },
    goal: null,
    among: [{ account: 'colissimo', service: 'return' }],
  },
];
