import type { Language } from './document.ts';

export interface ManifestWords {
  readonly title: string;
  readonly shipper: string;
  readonly carrier: string;
  readonly account: string;
  readonly shipDate: string;
  readonly scan: string;
  readonly page: string;
  readonly total: (parcels: number, weight: string) => string;
  readonly receipt: (parcels: number) => string;
  readonly driver: string;
  readonly plate: string;
  readonly when: string;
  readonly signature: string;
  readonly columns: Readonly<Record<'line' | 'tracking' | 'order' | 'service' | 'to' | 'weight', string>>;
}

export const manifestWords: Readonly<Record<Language, ManifestWords>> = {
  en: {
    title: 'Manifest',
    shipper: 'Shipper',
    carrier: 'Carrier',
    account: 'Account',
    shipDate: 'Pick-up on',
    scan: 'At a bench at the dock: scan this code, then the card HAND-OVER.',
    page: 'Page',
    total: (parcels, weight) => `${parcels} ${parcels === 1 ? 'parcel' : 'parcels'}, ${weight} in total`,
    receipt: (parcels) => `Received ${parcels} ${parcels === 1 ? 'parcel' : 'parcels'} as listed above.`,
    driver: 'Driver’s name',
    plate: 'Vehicle',
    when: 'Date and time',
    signature: 'Signature',
    columns: {
      line: 'No.',
      tracking: 'Tracking number',
      order: 'Order',
      service: 'Service',
      to: 'To',
      weight: 'Weight',
    },
  },
  fr: {
    title: 'Bordereau de remise',
    shipper: 'Expéditeur',
    carrier: 'Transporteur',
    account: 'Compte',
    shipDate: 'Enlèvement le',
    scan: 'À un poste au quai : scannez ce code, puis la carte HAND-OVER.',
    page: 'Page',
    total: (parcels, weight) => `${parcels} colis, ${weight} au total`,
    receipt: (parcels) => `${parcels} colis reçus, selon la liste ci-dessus.`,
    driver: 'Nom du chauffeur',
    plate: 'Véhicule',
    when: 'Date et heure',
    signature: 'Signature',
    columns: {
      line: 'N°',
      tracking: 'Numéro de suivi',
      order: 'Commande',
      service: 'Service',
      to: 'Vers',
      weight: 'Poids',
    },
  },
};
