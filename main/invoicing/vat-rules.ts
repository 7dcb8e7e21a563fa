import { type Place, vatTrade } from '../../shared/model/customs-territory.ts';
import { isFrenchVatId } from '../../shared/model/sirene.ts';
import type { FactAdjustment, FactLine, FactVat } from './invoice-facts-rules.ts';
import { shares } from './shares-rules.ts';

export interface VatSides {
  readonly seller: Place & { readonly franchise: boolean };
  readonly buyer: Place & { readonly vatNumber?: string | undefined };
}

/** VAT of one sale: the same for every line but for the rate. */
export interface VatCase {
  readonly category: 'taxed' | 'E' | 'G' | 'K';
  readonly prices: 'without-vat' | 'with-vat';
}

/**
 * How a sale is taxed.
 *
 * Exports (G) and supplies to a business in another member state (K, only by its VAT number) bear none: what was paid is
 * the net price. Consumers in the union pay the rate that the order names, otherwise the seller's.
 */
export function vatCase({ seller, buyer }: VatSides): VatCase {
  if (seller.franchise) return { category: 'E', prices: 'with-vat' };
  const trade = vatTrade(seller, buyer);
  if (trade === 'export') return { category: 'G', prices: 'without-vat' };
  const foreign = usableVatNumber(buyer.vatNumber);
  if (trade === 'union' && foreign !== undefined && prefixOf(foreign) !== vatPrefix(seller.country))
    return { category: 'K', prices: 'without-vat' };
  return { category: 'taxed', prices: 'with-vat' };
}

const prefixOf = (vatNumber: string): string => vatNumber.slice(0, 2);
/** Greece is EL in VAT numbers, Monaco is French. */
const vatPrefix = (country: string): string => ({ GR: 'EL', MC: 'FR' })[country] ?? country;

/** The VAT number as papers may show it; undefined for one whose key is wrong. */
export function usableVatNumber(text: string | undefined): string | undefined {
  const number = (text ?? '').replace(/[\s.-]/g, '').toUpperCase();
  if (!/^[A-Z]{2}[A-Z0-9]{2,13}$/.test(number)) return undefined;
  return number.startsWith('FR') && !isFrenchVatId(number) ? undefined : number;
}

/** VAT of one line; `rate` in hundredths of a percent. */
export function lineVat({ category }: VatCase, rate: number): FactVat {
  if (category === 'E') return { category, rate: 0, reasonCode: 'VATEX-FR-FRANCHISE' };
  if (category !== 'taxed') return { category, rate: 0 };
  return rate === 0 ? { category: 'Z', rate } : { category: 'S', rate };
}

/** An amount on the whole, shared among the rates of the goods as they share the price. */
export function acrossRates(reason: string, amountMinor: number, lines: readonly FactLine[]): FactAdjustment[] {
  if (amountMinor === 0) return [];
  const groups = new Map<string, { vat: FactVat; minor: number }>();
  for (const { vat, unitPriceMinor, quantity, discountMinor } of lines) {
    const key = `${vat.category} ${vat.rate}`;
    const minor = (groups.get(key)?.minor ?? 0) + unitPriceMinor * quantity - discountMinor;
    groups.set(key, { vat, minor });
  }
  const parts = [...groups.values()];
  const split = shares(
    amountMinor,
    parts.map(({ minor }) => minor),
  );
  return parts.flatMap(({ vat }, index) => {
    const share = split[index] ?? 0;
    return share === 0 ? [] : [{ reason, amountMinor: share, vat }];
  });
}
