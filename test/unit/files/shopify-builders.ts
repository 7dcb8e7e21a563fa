import type { ShopifyRow } from '../../support/shopify-export.ts';

/** The first row of a Shopify order that has everything in order; change what the test is about. */
export function aFirstRow(changes: ShopifyRow = {}): ShopifyRow {
  return {
    Name: '#1001',
    Email: 'zoe@example.com',
    'Financial Status': 'paid',
    'Paid at': '2026-11-20 14:03:20 +0100',
    'Fulfillment Status': 'unfulfilled',
    'Accepts Marketing': 'no',
    Currency: 'EUR',
    Subtotal: '37.50',
    Shipping: '4.90',
    Taxes: '0.00',
    Total: '42.40',
    'Shipping Method': 'Colissimo',
    'Created at': '2026-11-20 14:03:11 +0100',
    'Lineitem quantity': '2',
    'Lineitem name': 'Blue mug',
    'Lineitem price': '12.50',
    'Lineitem sku': 'MUG-BLU',
    'Lineitem requires shipping': 'true',
    'Lineitem taxable': 'true',
    'Lineitem fulfillment status': 'pending',
    'Billing Name': 'Noël Exemple',
    'Billing City': 'Lyon',
    'Billing Country': 'FR',
    'Shipping Name': 'Zoé Exemple',
    'Shipping Street': '12 rue de l’Échantillon',
    'Shipping Address1': '12 rue de l’Échantillon',
    'Shipping City': 'Besançon',
    'Shipping Zip': "'25000",
    'Shipping Country': 'FR',
    'Shipping Phone': "'+33 1 99 00 12 34",
    Id: '820982911946154508',
    'Risk Level': 'Low',
    Source: 'web',
    ...changes,
  };
}

/** A further row of an order: only its number and the line. */
export function aLaterRow(changes: ShopifyRow = {}): ShopifyRow {
  return {
    Name: '#1001',
    Email: 'zoe@example.com',
    'Created at': '2026-11-20 14:03:11 +0100',
    'Lineitem quantity': '1',
    'Lineitem name': 'Green tea',
    'Lineitem price': '12.50',
    'Lineitem sku': 'TEA-GRN',
    'Lineitem requires shipping': 'true',
    'Lineitem fulfillment status': 'pending',
    ...changes,
  };
}
