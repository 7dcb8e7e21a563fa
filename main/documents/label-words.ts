import type { Language } from './document.ts';

export interface LabelWords {
  readonly from: string;
  readonly to: string;
  readonly parcel: string;
  readonly weight: string;
  readonly shipped: string;
  readonly order: string;
  readonly tracking: string;
  readonly references: string;
  readonly routing: string;
  readonly rma: string;
  readonly phone: string;
  readonly validUntil: string;
}

export const labelWords: Readonly<Record<Language, LabelWords>> = {
  en: {
    from: 'FROM',
    to: 'SHIP TO',
    parcel: 'PARCEL',
    weight: 'WEIGHT',
    shipped: 'SHIPPED',
    order: 'ORDER',
    tracking: 'TRACKING NUMBER',
    references: 'REFERENCES',
    routing: 'SHIP TO POST',
    rma: 'RETURN NUMBER (RMA)',
    phone: 'Phone',
    validUntil: 'VALID UNTIL',
  },
  fr: {
    from: 'EXPÉDITEUR',
    to: 'DESTINATAIRE',
    parcel: 'COLIS',
    weight: 'POIDS',
    shipped: 'EXPÉDIÉ LE',
    order: 'COMMANDE',
    tracking: 'NUMÉRO DE SUIVI',
    references: 'RÉFÉRENCES',
    routing: 'CODE POSTAL',
    rma: 'NUMÉRO DE RETOUR (RMA)',
    phone: 'Tél.',
    validUntil: "VALABLE JUSQU'AU",
  },
};

/** In both languages whatever the label's: the carrier's clerk reads it, not only the buyer. */
export const prepaidBanner = 'PREPAID RETURN / RETOUR PRÉPAYÉ';

/** Large word, then small ones. */
export const specimenWords = ['SPECIMEN', 'TEST - DO NOT SHIP / NE PAS EXPÉDIER'] as const;

const dates = {
  en: new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short', year: 'numeric', timeZone: 'UTC' }),
  fr: new Intl.DateTimeFormat('fr-FR', { day: '2-digit', month: 'short', year: 'numeric', timeZone: 'UTC' }),
};

const kilograms = {
  en: new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 3, useGrouping: false }),
  fr: new Intl.NumberFormat('fr-FR', { minimumFractionDigits: 2, maximumFractionDigits: 3, useGrouping: false }),
};

/** `YYYY-MM-DD` as `21 Nov 2026` or `21 nov. 2026`: no reader takes the day for the month. */
export function dateInWords(date: string, language: Language): string {
  return dates[language].format(new Date(`${date}T00:00:00Z`));
}

export function weightInWords(milligrams: number, language: Language): string {
  return `${kilograms[language].format(milligrams / 1_000_000)} kg`;
}
