import type { ImportedItem, ImportedLevel, ImportedOrder } from '../../shared/model/imported.ts';

/** A plain item with one GTIN; everything may be overridden. */
export function anItem(change: Partial<ImportedItem> & { sku: string; gtin?: string }): ImportedItem {
  const { gtin, ...fields } = change;
  return {
    title: `Item ${change.sku}`,
    image: null,
    weightMg: 250_000,
    lengthMm: 100,
    widthMm: 80,
    heightMm: 60,
    fragile: false,
    hazardous: false,
    upright: false,
    ownBox: false,
    lotControlled: false,
    serialControlled: false,
    expiryControlled: false,
    components: [],
    codes: gtin ? [{ code: gtin.padStart(14, '0'), kind: 'gtin', quantity: 1 }] : [],
    ...fields,
  };
}

/** So many pieces of a SKU in a bin named aisle-bay-level. */
export function aLevel(level: { sku: string; location: string; onHand: number }): ImportedLevel {
  const [aisle = '', bay = '', shelf = ''] = level.location.split('-');
  return { zone: aisle, aisle, bay, level: shelf, ...level };
}

type LineChange = Partial<ImportedOrder['lines'][number]> & { sku: string };

/** A paid order to France with the given lines. */
export function anOrder(
  change: Partial<Omit<ImportedOrder, 'lines'>> & { externalId: string; lines: readonly LineChange[] },
): ImportedOrder {
  const { lines, ...fields } = change;
  return {
    channel: 'shopify',
    shop: '',
    number: `#${change.externalId}`,
    placedAt: '2026-11-20T08:00:00.000Z',
    shipBy: '2026-11-23T16:00:00.000Z',
    priority: 0,
    currency: 'EUR',
    totalMinor: 4_900,
    gift: false,
    note: null,
    shippingMethod: 'Standard',
    cancelled: false,
    paid: true,
    address: {
      name: 'Zoé Exemple',
      street1: '12 rue de l’Échantillon',
      postcode: '13002',
      city: 'Marseille',
      country: 'FR',
    },
    ...fields,
    lines: lines.map((line) => ({
      externalLineId: null,
      title: `Item ${line.sku}`,
      quantity: 1,
      unitPriceMinor: 1_900,
      ...line,
    })),
  };
}
