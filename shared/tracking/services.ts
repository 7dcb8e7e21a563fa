/** Service codes inside tracking numbers, by their place in the number. A code that is missing here is no fault. */
export type Services = Readonly<Record<string, string>>;

/** UPS 1Z, characters 9 and 10. */
export const UPS_1Z: Services = {
  '01': 'Next Day Air',
  '02': '2nd Day Air',
  '03': 'Ground',
  '12': '3 Day Select',
  '13': 'Next Day Air Saver',
  '15': 'Next Day Air Early',
  '22': 'Ground, return with three pick-up attempts',
  '32': 'Next Day Air Early, cash on delivery',
  '33': 'Next Day Air Early, Saturday delivery, cash on delivery',
  '41': 'Next Day Air Early, Saturday delivery',
  '42': 'Ground, signature required',
  '44': 'Next Day Air, Saturday delivery',
  '66': 'Worldwide Express',
  '68': 'Standard',
  '72': 'Ground, cash on delivery',
  '78': 'Ground, return with one pick-up attempt',
  '90': 'Ground, return label printed and mailed by UPS',
  A0: 'Next Day Air Early, adult signature required',
  A1: 'Next Day Air Early, Saturday delivery, adult signature required',
  A2: 'Next Day Air, adult signature required',
  A8: 'Ground, adult signature required',
  A9: 'Next Day Air Early, adult signature required, cash on delivery',
  AA: 'Next Day Air Early, Saturday delivery, adult signature required, cash on delivery',
  YW: 'SurePost',
};

/** UPS waybill, the letter in front. */
export const UPS_WAYBILL: Services = { J: 'Next Day Express', K: 'Ground', V: 'Worldwide Express Saver' };

/** USPS service type code of the IMpb; the full list is Publication 199's. */
export const USPS_IMPB: Services = { '612': 'Parcel Select' };

const DELIVERY = 'Delivery Confirmation';
const SIGNATURE = 'Signature Confirmation';
const RETURN = 'Merchandise Return';

/** USPS numbers of 20 digits: the first two, behind 91 where it is printed. */
export const USPS_OLD: Services = {
  '01': DELIVERY,
  '02': DELIVERY,
  '03': DELIVERY,
  '04': DELIVERY,
  '05': DELIVERY,
  '06': DELIVERY,
  '07': DELIVERY,
  '08': DELIVERY,
  '14': DELIVERY,
  '21': SIGNATURE,
  '22': SIGNATURE,
  '23': SIGNATURE,
  '24': SIGNATURE,
  '25': SIGNATURE,
  '26': SIGNATURE,
  '34': SIGNATURE,
  '50': 'Electronic File Header',
  '56': 'Passive Enroute Scan',
  '73': 'Insured Mail',
  '82': RETURN,
  '83': RETURN,
  '85': RETURN,
};

/** DPD and GeoPost, three digits before the country. */
export const DPD: Services = {
  '101': 'Classic',
  '102': 'Classic, hazardous goods',
  '105': 'Classic, ex works',
  '106': 'Classic, ex works, hazardous goods',
  '109': 'Classic, cash on delivery',
  '110': 'Classic, cash on delivery, hazardous goods',
  '113': 'Classic, exchange',
  '136': 'Classic, small parcel',
  '154': 'Parcel letter',
  '155': 'Guarantee',
  '161': 'Guarantee, cash on delivery',
  '179': 'Express 10:00',
  '191': 'Express 10:00, cash on delivery',
  '225': 'Express 12:00',
  '237': 'Express 12:00, cash on delivery',
  '337': 'Parcel shop',
  '350': 'Express 8:30',
};

/** Colissimo, the two characters in front. */
export const COLISSIMO: Services = {
  '7A': 'Overseas territories',
  '8L': 'Access, without signature',
  '8R': 'Return',
  '8V': 'Expert, with signature',
};

/** UPU S10, the first letter. */
const S10_BY_LETTER: Services = {
  C: 'Parcel',
  E: 'EMS',
  H: 'E-commerce parcel',
  L: 'Letter, tracked',
  M: 'Letter, M-bag',
  Q: 'Letter, international business reply',
  R: 'Letter, registered',
  U: 'Letter, untracked',
  V: 'Letter, insured',
  B: 'Domestic or bilateral',
  D: 'Domestic or bilateral',
  N: 'Domestic or bilateral',
  P: 'Domestic or bilateral',
  Z: 'Domestic or bilateral',
};

/** What the two letters of an S10 number say; undefined for those that the UPU has not given out. */
export function s10Service(letters: string, country: string): string | undefined {
  if (country === 'FR' && (letters === 'CY' || letters === 'EY')) return 'Colissimo international';
  if (/^(?:A[V-Z]|G[AD])$/.test(letters)) return 'Domestic or bilateral';
  if (/^Q[N-Z]$/.test(letters)) return undefined;
  return S10_BY_LETTER[letters.charAt(0)];
}
