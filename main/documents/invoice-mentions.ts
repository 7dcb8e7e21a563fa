import { type InvoiceModel, isBusiness, type Vat } from '../../shared/model/invoice.ts';
import type { Language } from './document.ts';
import { invoiceWords, longDate, moneyInWords } from './invoice-words.ts';

/** A sentence that the law wants, with its subject code (UNTDID 4451) for the data beside the page. */
export interface Mention {
  readonly subject: 'REG' | 'ABL' | 'AAI' | 'PMD' | 'PMT' | 'AAB' | 'TXD';
  readonly text: string;
}

/** The VATEX code of a group without VAT; none for S and Z, which have no reason. */
export function exemptionCode(vat: Pick<Vat, 'category' | 'reasonCode'>): string | undefined {
  if (vat.reasonCode) return vat.reasonCode;
  const byCategory: Partial<Record<Vat['category'], string>> = { AE: 'VATEX-EU-AE', G: 'VATEX-EU-G', K: 'VATEX-EU-IC' };
  return byCategory[vat.category];
}

const exemptions: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  fr: {
    'VATEX-FR-FRANCHISE': 'TVA non applicable, art. 293 B du CGI',
    'VATEX-EU-IC': 'Exonération de TVA, art. 262 ter I du CGI',
    'VATEX-EU-G': 'Exonération de TVA, art. 262 I du CGI',
    'VATEX-EU-AE': 'Autoliquidation',
  },
  en: {
    'VATEX-FR-FRANCHISE': 'VAT not applicable, art. 293 B of the French tax code (CGI)',
    'VATEX-EU-IC': 'Exempt from VAT, art. 262 ter I of the French tax code (CGI)',
    'VATEX-EU-G': 'Exempt from VAT, art. 262 I of the French tax code (CGI)',
    'VATEX-EU-AE': 'Reverse charge (autoliquidation)',
  },
};

const abroad: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  fr: {
    'VATEX-EU-IC': 'Livraison intracommunautaire exonérée, art. 138 de la directive 2006/112/CE',
    'VATEX-EU-G': 'Exportation exonérée, art. 146 de la directive 2006/112/CE',
  },
  en: {
    'VATEX-EU-IC': 'Exempt intra-Community supply, art. 138 of Directive 2006/112/EC',
    'VATEX-EU-G': 'Exempt export, art. 146 of Directive 2006/112/EC',
    'VATEX-EU-AE': 'Reverse charge',
  },
};

/** Why a group bears no VAT, in the words of its law; undefined for S and Z. */
export function exemptionReason(
  vat: Pick<Vat, 'category' | 'reason' | 'reasonCode'>,
  { seller, language }: Pick<InvoiceModel, 'seller' | 'language'>,
): string | undefined {
  if (vat.category === 'S' || vat.category === 'Z') return undefined;
  const code = exemptionCode(vat) ?? '';
  const local = seller.country === 'FR' ? undefined : abroad[language][code];
  return vat.reason ?? local ?? exemptions[language][code] ?? code;
}

/** Who sells, as art. R123-237 and 242 nonies A want it on every invoice: one line. */
export function sellerIdentity({ seller, currency, language }: InvoiceModel): string {
  const words = invoiceWords[language];
  const capital = seller.capitalMinor
    ? ` ${words.capital} ${moneyInWords(seller.capitalMinor, currency, language)}`
    : '';
  const form = seller.legalForm ? ` ${seller.legalForm}${capital}` : '';
  const number = seller.siret ? `SIRET ${spaced(seller.siret)}` : seller.siren ? `SIREN ${spaced(seller.siren)}` : '';
  return [
    `${seller.company ?? seller.name}${form}`,
    number,
    seller.registry,
    seller.vatId ? `${words.vatNumber} ${seller.vatId}` : '',
  ]
    .filter((part) => part)
    .join(' · ');
}

/** Digits of a register in threes, and the five of a SIRET together. */
export function spaced(digits: string): string {
  return digits.replace(/^(\d{3})(\d{3})(\d{3})(\d*)$/, '$1 $2 $3 $4').trim();
}

const operations: Readonly<Record<Language, Readonly<Record<InvoiceModel['operations'], string>>>> = {
  fr: {
    goods: "Catégorie d'opération : livraison de biens",
    services: "Catégorie d'opération : prestation de services",
    mixed: "Catégorie d'opération : livraison de biens et prestation de services",
  },
  en: {
    goods: 'Category of operation: supply of goods',
    services: 'Category of operation: supply of services',
    mixed: 'Category of operation: supply of goods and services',
  },
};

/** Late fees and discount, between traders only: art. L441-9, L441-10, D441-5 code de commerce. */
function traderTerms({ seller, buyer, latePenalty, discountTerms, language, kind }: InvoiceModel): Mention[] {
  if (kind === 'credit-note' || seller.country !== 'FR' || !isBusiness(buyer)) {
    return [
      ...(latePenalty ? [{ subject: 'PMD' as const, text: latePenalty }] : []),
      ...(discountTerms ? [{ subject: 'AAB' as const, text: discountTerms }] : []),
    ];
  }
  const penalty =
    language === 'fr'
      ? 'Pénalités de retard : taux de refinancement de la BCE majoré de 10 points (art. L441-10 du code de commerce).'
      : 'Late payment: interest at the refinancing rate of the ECB plus 10 points (art. L441-10 of the French commercial code).';
  const fee =
    language === 'fr'
      ? 'Indemnité forfaitaire pour frais de recouvrement en cas de retard de paiement : 40 € (art. D441-5 du code de commerce).'
      : 'Fixed compensation for recovery costs in case of late payment: 40 € (art. D441-5 of the French commercial code).';
  const discount =
    language === 'fr' ? "Pas d'escompte pour paiement anticipé." : 'No discount is granted for early payment.';
  return [
    { subject: 'PMD', text: latePenalty ?? penalty },
    { subject: 'PMT', text: fee },
    { subject: 'AAB', text: discountTerms ?? discount },
  ];
}

function debits({ seller, language }: InvoiceModel): Mention[] {
  if (!seller.vatOnDebits) return [];
  const text =
    language === 'fr'
      ? "Option pour le paiement de la taxe d'après les débits"
      : "VAT payable on invoicing (option pour le paiement de la taxe d'après les débits)";
  return [{ subject: 'TXD', text }];
}

function correction({ corrects, language }: InvoiceModel): Mention[] {
  if (!corrects) return [];
  const date = longDate(corrects.issuedOn, language);
  const reason = corrects.reason ? `${language === 'fr' ? ' :' : ':'} ${corrects.reason}` : '';
  const text =
    language === 'fr'
      ? `Avoir sur la facture n° ${corrects.number} du ${date}${reason}`
      : `Credit note on invoice ${corrects.number} of ${date}${reason}`;
  return [{ subject: 'AAI', text }];
}

/**
 * The sentences below the totals, each also a note of the XML: correction, exemptions, terms between traders,
 * the mentions of the French e-invoice, then what the seller adds. Who sells stands in `sellerIdentity`.
 */
export function mentionsOf(
  invoice: InvoiceModel,
  groups: readonly Pick<Vat, 'category' | 'reason' | 'reasonCode'>[],
): Mention[] {
  const reasons = groups.map((group) => exemptionReason(group, invoice)).filter((reason) => reason !== undefined);
  const french = invoice.seller.country === 'FR';
  return [
    ...correction(invoice),
    ...[...new Set(reasons)].map((text): Mention => ({ subject: 'TXD', text })),
    ...debits(invoice),
    ...(french ? [{ subject: 'AAI' as const, text: operations[invoice.language][invoice.operations] }] : []),
    ...traderTerms(invoice),
    ...invoice.notes.map((text): Mention => ({ subject: 'AAI', text })),
  ];
}
