import type { SharedSettings } from '../../shared/contract/stations.ts';
import type { Address } from '../../shared/model/address.ts';
import { territoryCountry } from '../../shared/model/customs-territory.ts';
import type { InvoiceInput } from '../../shared/model/invoice.ts';
import { aheadMs } from '../../shared/model/local-time.ts';
import { wanted } from '../orders/orders-rules.ts';
import type { InvoiceFacts } from './invoice-facts-rules.ts';
import { lineDiscount, type MoneyLine, type OrderMoney } from './order-money-rules.ts';
import { acrossRates, lineVat, usableVatNumber, type VatCase } from './vat-rules.ts';

/** The calendar date of an instant where the shipper is. */
export function localDate(instant: string, timeZone: string): string {
  const utcMs = Date.parse(instant);
  return new Date(utcMs + aheadMs(timeZone, utcMs)).toISOString().slice(0, 10);
}

/** `F2026`: the year's series; credit notes count in one of their own. */
export function seriesOf(kind: InvoiceFacts['kind'], settings: SharedSettings, issuedOn: string): string {
  return `${settings.invoicePrefix}${kind === 'credit-note' ? 'A' : ''}${issuedOn.slice(0, 4)}`;
}

/** `F2026-000123`. */
export function numberIn(series: string, count: number): string {
  return `${series}-${String(count).padStart(6, '0')}`;
}

/** What the settings must say before anything is invoiced: names of fields. */
export function missingOfSeller(settings: SharedSettings): string[] {
  const french = settings.country === 'FR';
  const needed = [
    ['street', settings.street],
    ['postcode', settings.postcode],
    ['city', settings.city],
    ...(french ? [['siret', settings.siret] as const] : []),
    ...(settings.vatFranchise ? [] : [['vatNumber', settings.vatNumber] as const]),
  ] as const;
  return needed.filter(([, value]) => value.trim() === '').map(([name]) => name);
}

export interface SoldLine extends MoneyLine {
  readonly id: string;
  readonly sku: string;
  readonly title: string;
  /** Hundredths of a percent, where the order or the catalogue names one. */
  readonly vatRate: number | null;
}

export interface Sale {
  readonly order: { readonly number: string; readonly placedAt: string };
  /** Kits as they were sold, without their components. */
  readonly lines: readonly SoldLine[];
  readonly money: Extract<OrderMoney, { outcome: 'told' }>;
  readonly vat: VatCase;
  readonly paid: boolean;
}

const adjustments = {
  en: { postage: 'Postage', discount: 'Discount' },
  fr: { postage: 'Frais de port', discount: 'Remise' },
} as const;

/** What an order is invoiced with: every unit that is still wanted of it. */
export function invoiceFacts(
  sale: Sale,
  settings: SharedSettings,
  paper: { language: 'en' | 'fr'; number: string; issuedOn: string },
): InvoiceFacts {
  const words = adjustments[paper.language];
  const lines = sale.lines.flatMap((line) => {
    const quantity = wanted({ ...line, allocated: 0, picked: 0, packed: 0, shipped: 0 });
    if (quantity === 0) return [];
    const { id: lineId, sku, title, price } = line;
    const vat = lineVat(sale.vat, line.vatRate ?? settings.vatRate);
    const discountMinor = lineDiscount(line, quantity);
    return [{ lineId, sku, title, quantity, unitPriceMinor: price.unitPriceMinor ?? 0, discountMinor, vat }];
  });
  return {
    kind: 'invoice',
    ...paper,
    suppliedOn: paper.issuedOn,
    orderNumber: sale.order.number,
    orderedOn: localDate(sale.order.placedAt, settings.timeZone),
    currency: sale.money.currency,
    prices: sale.vat.prices,
    lines,
    charges: acrossRates(words.postage, sale.money.shippingMinor, lines),
    allowances: acrossRates(words.discount, sale.money.discountMinor, lines),
    paid: sale.paid,
  };
}

/** What the buyer pays by these facts, in minor units, before cents of rounding that only VAT without prices knows. */
function sumOf({ lines, charges, allowances }: InvoiceFacts): number {
  const add = (parts: readonly { amountMinor: number }[]): number =>
    parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const goods = lines.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity - line.discountMinor, 0);
  return goods + add(charges) - add(allowances);
}

const DAYS_TO_PAY = 30;

/** The whole paper: stored facts, the seller by the settings, the buyer by the address as it stands. */
export function invoiceModel(
  facts: InvoiceFacts,
  settings: SharedSettings,
  buyer: { address: Address; vatNumber: string | undefined },
): InvoiceInput {
  const { lines, paid, corrects, kind, ...shown } = facts;
  const due = new Date(Date.parse(facts.issuedOn) + DAYS_TO_PAY * 86_400_000).toISOString().slice(0, 10);
  const settled = paid ? { paidMinor: sumOf(facts), payment: { means: 'online' as const } } : { dueOn: due };
  return {
    ...shown,
    kind,
    lines: lines.map(({ lineId: _, ...line }) => line),
    seller: sellerOf(settings, facts.currency),
    buyer: buyerOf(buyer),
    ...(kind === 'invoice' ? settled : {}),
    ...(corrects ? { corrects } : {}),
  };
}

/** The capital is in euros: on an invoice in another currency it would be another sum, so it is left out there. */
function sellerOf(settings: SharedSettings, currency: string): InvoiceInput['seller'] {
  const { companyName, street, postcode, city, country, phone, email, legalForm, capitalMinor } = settings;
  const optional = {
    phone,
    email,
    legalForm,
    siret: settings.siret.replace(/\D/g, ''),
    registry: settings.registry,
    vatId: settings.vatNumber,
  };
  return {
    name: companyName,
    street1: street,
    postcode,
    city,
    country,
    vatOnDebits: settings.vatOnDebits,
    ...(capitalMinor > 0 && currency === 'EUR' ? { capitalMinor } : {}),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value.trim() !== '')),
  };
}

function buyerOf(buyer: { address: Address; vatNumber: string | undefined }): InvoiceInput['buyer'] {
  const { address } = buyer;
  const vatId = usableVatNumber(buyer.vatNumber);
  // A French VAT number ends with the SIREN, which e-invoices name.
  const siren = vatId?.startsWith('FR') ? vatId.slice(4) : undefined;
  return {
    ...address,
    country: territoryCountry(address),
    ...(vatId ? { vatId } : {}),
    ...(siren ? { siren } : {}),
  };
}

/** Whether this order is invoiced without being asked: by the settings, never for a gift. */
export function isInvoicedByItself(
  mode: SharedSettings['invoices'],
  order: { gift: boolean; company: boolean; vatNumber: string | undefined },
): boolean {
  if (order.gift || mode === 'on-request') return false;
  return mode === 'always' || order.company || usableVatNumber(order.vatNumber) !== undefined;
}
