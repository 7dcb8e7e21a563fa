import type { InvoiceModel } from '../../shared/model/invoice.ts';
import { fractionDigits } from '../../shared/model/minor-units.ts';
import type { Language } from './document.ts';

interface InvoiceWords {
  readonly titles: Readonly<Record<InvoiceModel['kind'], string>>;
  readonly number: string;
  readonly issuedOn: string;
  readonly suppliedOn: string;
  readonly dueOn: string;
  readonly order: string;
  readonly orderOf: string;
  readonly corrects: string;
  readonly billTo: string;
  readonly shipTo: string;
  readonly sameAddress: string;
  readonly columns: {
    readonly title: string;
    readonly quantity: string;
    readonly unitPrice: string;
    readonly vat: string;
    readonly net: string;
  };
  readonly discount: string;
  readonly vatTable: { readonly rate: string; readonly basis: string; readonly vat: string };
  readonly lines: string;
  readonly basis: string;
  readonly vat: string;
  readonly total: string;
  readonly rounding: string;
  readonly paid: string;
  readonly paidBack: string;
  readonly due: string;
  readonly dueBack: string;
  readonly vatIn: string;
  readonly payment: string;
  readonly terms: string;
  readonly page: string;
  readonly continued: string;
  readonly vatNumber: string;
  readonly capital: string;
  readonly means: Readonly<Record<NonNullable<InvoiceModel['payment']>['means'], string>>;
  readonly categories: Readonly<Record<'Z' | 'E' | 'AE' | 'G' | 'K', string>>;
}

export const invoiceWords: Readonly<Record<Language, InvoiceWords>> = {
  en: {
    titles: { invoice: 'Invoice', 'credit-note': 'Credit note' },
    number: 'Number',
    issuedOn: 'Issued on',
    suppliedOn: 'Supplied on',
    dueOn: 'Due by',
    order: 'Order',
    orderOf: 'of',
    corrects: 'Corrects invoice',
    billTo: 'Billed to',
    shipTo: 'Delivered to',
    sameAddress: 'The billing address',
    columns: { title: 'Description', quantity: 'Qty', unitPrice: 'Unit price', vat: 'VAT', net: 'Net amount' },
    discount: 'Discount',
    vatTable: { rate: 'VAT rate', basis: 'Net', vat: 'VAT' },
    lines: 'Articles',
    basis: 'Total without VAT',
    vat: 'VAT',
    total: 'Total with VAT',
    rounding: 'Rounding',
    paid: 'Already paid',
    paidBack: 'Already paid back',
    due: 'To pay',
    dueBack: 'To your credit',
    vatIn: 'VAT in',
    payment: 'Payment',
    terms: 'Terms and notes',
    page: 'Page',
    continued: 'continued',
    vatNumber: 'VAT no.',
    capital: 'with a capital of',
    means: {
      card: 'Card',
      transfer: 'Bank transfer',
      'direct-debit': 'Direct debit',
      online: 'Online payment',
      cash: 'Cash',
      other: 'Other',
    },
    categories: { Z: 'zero rate', E: 'exempt', AE: 'reverse charge', G: 'export', K: 'intra-EU' },
  },
  fr: {
    titles: { invoice: 'Facture', 'credit-note': 'Avoir' },
    number: 'Numéro',
    issuedOn: "Date d'émission",
    suppliedOn: 'Date de livraison',
    dueOn: 'Échéance',
    order: 'Commande',
    orderOf: 'du',
    corrects: 'Corrige la facture',
    billTo: 'Facturé à',
    shipTo: 'Livré à',
    sameAddress: "L'adresse de facturation",
    columns: { title: 'Désignation', quantity: 'Qté', unitPrice: 'Prix unit. HT', vat: 'TVA', net: 'Montant HT' },
    discount: 'Remise',
    vatTable: { rate: 'Taux de TVA', basis: 'Base HT', vat: 'TVA' },
    lines: 'Articles',
    basis: 'Total HT',
    vat: 'TVA',
    total: 'Total TTC',
    rounding: 'Arrondi',
    paid: 'Déjà payé',
    paidBack: 'Déjà remboursé',
    due: 'Net à payer',
    dueBack: 'Net à votre crédit',
    vatIn: 'TVA en',
    payment: 'Règlement',
    terms: 'Conditions et mentions',
    page: 'Page',
    continued: 'suite',
    vatNumber: 'N° TVA',
    capital: 'au capital de',
    means: {
      card: 'Carte bancaire',
      transfer: 'Virement',
      'direct-debit': 'Prélèvement',
      online: 'Paiement en ligne',
      cash: 'Espèces',
      other: 'Autre',
    },
    categories: { Z: 'taux zéro', E: 'exonéré', AE: 'autoliq.', G: 'export', K: 'intra-UE' },
  },
};

const locales = { en: 'en-GB', fr: 'fr-FR' } as const;
const dates = {
  en: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }),
  fr: new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }),
};

/** `YYYY-MM-DD` as `21 November 2026` or `21 novembre 2026`. */
export function longDate(date: string, language: Language): string {
  return dates[language].format(new Date(`${date}T00:00:00Z`));
}

/** Blanks in figures are plain ones: the text layer must give back what a reader types. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

const numbers = new Map<string, Intl.NumberFormat>();

function numberFormat(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  const known = numbers.get(key) ?? new Intl.NumberFormat(locales[language], options);
  numbers.set(key, known);
  return known;
}

/** Any plain decimal, with no fewer and no more decimals than told. */
export function decimalInWords(value: number, language: Language, decimals: { least: number; most: number }): string {
  const options = { minimumFractionDigits: decimals.least, maximumFractionDigits: decimals.most };
  return plain(numberFormat(language, options).format(value));
}

/** Minor units without their currency, as columns of a table show them. */
export function amountInWords(minor: number, currency: string, language: Language): string {
  const digits = fractionDigits(currency);
  return decimalInWords(minor / 10 ** digits, language, { least: digits, most: digits });
}

/** Minor units with their currency. */
export function moneyInWords(minor: number, currency: string, language: Language): string {
  const value = minor / 10 ** fractionDigits(currency);
  return plain(numberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(value));
}

/** Hundredths of a percent as `20 %` or `5.5 %`. */
export function rateInWords(rate: number, language: Language): string {
  return `${decimalInWords(rate / 100, language, { least: 0, most: 2 })} %`;
}
