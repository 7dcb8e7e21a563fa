import { buildSscc } from '../../shared/barcode/sscc.ts';
import { buildColissimo, buildColissimoSorting } from '../../shared/carriers/colissimo.ts';
import { buildChronopost, buildDpdParcel } from '../../shared/carriers/geopost.ts';
import { mondialRelayCode } from '../../shared/carriers/mondial-relay.ts';
import { buildS10 } from '../../shared/carriers/s10.ts';
import { buildImpb } from '../../shared/carriers/usps.ts';
import { type LabelInput, type LabelModel, parseLabelModel } from '../../shared/model/label.ts';
import { type LabelProfileName, labelProfiles } from '../../shared/model/label-profiles.ts';
import { carrierInputs } from '../unit/documents/label-carrier-builders.ts';

const from = {
  name: 'Entrepôt Lumière',
  street1: '18 quai de la Fosse',
  postcode: '44000',
  city: 'Nantes',
  country: 'FR',
};
const recipients = [
  {
    name: 'Hélène Dupré-Lefèvre',
    street1: "12 rue de l'Église",
    street2: 'Bâtiment C',
    postcode: '75011',
    city: 'Paris',
    country: 'FR',
  },
  {
    name: 'Jürgen Weißgerber',
    company: 'Großhandel Müller & Söhne',
    street1: 'Donaustraße 128',
    postcode: '80331',
    city: 'München',
    country: 'DE',
  },
  { name: 'Siân Llewellyn', street1: 'Flat 2, 14 Brook Terrace', postcode: 'SW1A 1AA', city: 'London', country: 'GB' },
  {
    name: 'Michael O’Connor',
    street1: '4125 North Western Avenue',
    street2: 'Suite 310',
    postcode: '73118',
    city: 'Oklahoma City',
    region: 'OK',
    country: 'US',
  },
];

/** Outbound labels and returns in turn. */
function logisticLabel(index: number): LabelModel {
  const to = recipients[index % recipients.length] ?? from;
  const common = {
    approved: true,
    dpi: index % 4 < 2 ? (203 as const) : (300 as const),
    sscc: buildSscc({ extension: 1, companyPrefix: '0614141', serial: index }),
    carrier: 'Atlantic Parcel',
    service: 'Home delivery',
    parcelIndex: 1,
    parcelCount: 1,
    orderNumber: `#${1000 + index}`,
    weightMg: 1_250_000,
    shipDate: '2026-11-21',
    references: ['PO 77-1'],
  } satisfies Partial<LabelInput>;
  const input: LabelInput =
    index % 2 === 0
      ? { ...common, kind: 'outbound', from, to }
      : { ...common, kind: 'return', from: to, to: from, rma: 'R7K3M9QX9', expiresOn: '2027-01-05' };
  return parseLabelModel(input);
}

/** The parcel's own number in each profile, so that no two labels are alike. */
function numbered(profile: Exclude<LabelProfileName, 'gs1-logistic'>, index: number): object {
  switch (profile) {
    case 'upu-s10':
      return { number: buildS10({ service: 'RB', country: 'GB' }, index) };
    case 'usps-impb':
      return {
        number: buildImpb({ channel: '92', serviceType: '346', mailerId: '903619809', digits: 22 }, index),
      };
    case 'dpd':
      return { parcelNumber: buildDpdParcel({ depot: '1077' }, index) };
    case 'dhl-paket':
      return { sscc: buildSscc({ extension: 3, companyPrefix: '404341234', serial: index }) };
    case 'mondial-relay':
      return { number: mondialRelayCode(relayRoute, String(index).padStart(8, '0')) };
    case 'colissimo':
      return colissimoNumbers(index);
    case 'chronopost':
      return { number: buildChronopost('XP', index) };
  }
}

const relayRoute = { brand: '12', parcelIndex: 1, parcelCount: 1, agency: '0662', service: '3', run: '12345' };

function colissimoNumbers(index: number): object {
  const number = buildColissimo('8L', index);
  const none = { nonMachinable: false, cashOnDelivery: false, dutyFree: false, receipt: false };
  const to = { product: '8L', country: 'FR', postcode: '75011', customer: '900001', weightMg: 1_250_000, level: '00' };
  return { number, sortingCode: buildColissimoSorting({ ...to, ...none, number }) };
}

export const benchedProfiles = labelProfiles;

/** One label after the other of a profile, every other pair for a 300 dpi printer. */
export function labelNumber(profile: LabelProfileName, index: number): LabelModel {
  if (profile === 'gs1-logistic') return logisticLabel(index);
  const dpi = index % 4 < 2 ? 203 : 300;
  return parseLabelModel({
    ...carrierInputs[profile],
    dpi,
    orderNumber: `#${1000 + index}`,
    ...numbered(profile, index),
  });
}
