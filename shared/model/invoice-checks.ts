import type { InvoiceModel } from './invoice.ts';
import { invoiceAmounts } from './invoice-rules.ts';

interface Fault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Everything that carries a VAT category, with where it stands. */
function taxed(invoice: InvoiceModel): { path: (string | number)[]; vat: InvoiceModel['lines'][number]['vat'] }[] {
  return [
    ...invoice.lines.map(({ vat }, index) => ({ path: ['lines', index, 'vat'], vat })),
    ...invoice.charges.map(({ vat }, index) => ({ path: ['charges', index, 'vat'], vat })),
    ...invoice.allowances.map(({ vat }, index) => ({ path: ['allowances', index, 'vat'], vat })),
  ];
}

/** EN 16931 BR-CO-26 and art. 242 nonies A: who sells is known by a number. */
function checkSeller(invoice: InvoiceModel): Fault[] {
  const { seller, currency, vatInSellerCurrency } = invoice;
  const faults: Fault[] = [];
  const allExempt = taxed(invoice).every(({ vat }) => vat.category === 'E');
  if (seller.country === 'FR' && !seller.siren && !seller.siret)
    faults.push({ path: ['seller', 'siren'], message: 'a French seller is named with its SIREN or SIRET' });
  if (!seller.vatId && !allExempt)
    faults.push({ path: ['seller', 'vatId'], message: 'a VAT number is needed unless everything is exempt' });
  if (!seller.vatId && !seller.siren && !seller.siret && !seller.registry)
    faults.push({ path: ['seller', 'registry'], message: 'name a VAT number or a register' });
  if (seller.siren && seller.siret && !seller.siret.startsWith(seller.siren))
    faults.push({ path: ['seller', 'siret'], message: 'the SIRET does not begin with the SIREN' });
  const charged = taxed(invoice).some(({ vat }) => vat.category === 'S');
  if (seller.country === 'FR' && currency !== 'EUR' && charged && vatInSellerCurrency?.currency !== 'EUR')
    faults.push({ path: ['vatInSellerCurrency'], message: 'a French seller states the VAT in EUR as well' });
  return faults;
}

/** EN 16931 BR-AE-02, BR-IC-02, BR-IC-12, BR-S-02 and their like. */
function checkTaxes(invoice: InvoiceModel): Fault[] {
  const { seller, buyer } = invoice;
  const faults: Fault[] = [];
  const categories = new Set(taxed(invoice).map(({ vat }) => vat.category));
  const country = (invoice.deliverTo ?? buyer).country;
  if (categories.has('AE') && !buyer.vatId && !buyer.siren)
    faults.push({ path: ['buyer', 'vatId'], message: 'reverse charge (AE) needs the buyer’s VAT number or SIREN' });
  if (categories.has('K') && !buyer.vatId)
    faults.push({
      path: ['buyer', 'vatId'],
      message: 'a supply to another member state (K) needs the buyer’s VAT number',
    });
  if (categories.has('K') && country === seller.country)
    faults.push({ path: ['deliverTo', 'country'], message: 'K is for goods that go to another member state' });
  if (categories.has('G') && country === seller.country)
    faults.push({ path: ['deliverTo', 'country'], message: 'G is for goods that leave the European Union' });
  const untaxed = taxed(invoice).filter(({ vat }) => ['AE', 'G', 'K'].includes(vat.category));
  if (invoice.prices === 'with-vat')
    faults.push(
      ...untaxed.map(({ path, vat }) => ({
        path,
        message: `prices with VAT cannot have the category ${vat.category}`,
      })),
    );
  return [...faults, ...checkReasons(invoice)];
}

/** One group of EN 16931 has one reason: two of one category would be told apart by nobody. */
function checkReasons(invoice: InvoiceModel): Fault[] {
  const first = new Map<string, string>();
  return taxed(invoice).flatMap(({ path, vat }) => {
    if (vat.category === 'S' || vat.category === 'Z') return [];
    const reason = `${vat.reasonCode ?? ''} ${vat.reason ?? ''}`;
    const known = first.get(vat.category) ?? reason;
    first.set(vat.category, known);
    return known === reason ? [] : [{ path, message: `another reason than before for the category ${vat.category}` }];
  });
}

function checkCreditNote(invoice: InvoiceModel): Fault[] {
  if (invoice.kind === 'credit-note' && !invoice.corrects)
    return [{ path: ['corrects'], message: 'a credit note names the invoice that it corrects' }];
  if (invoice.kind === 'invoice' && invoice.corrects)
    return [{ path: ['corrects'], message: 'only a credit note corrects an invoice' }];
  return [];
}

/** EN 16931 BR-CO-25 and plain sense: nothing negative, nothing paid twice. */
function checkTotals(invoice: InvoiceModel): Fault[] {
  const { groups, dueMinor } = invoiceAmounts(invoice);
  const faults: Fault[] = [];
  if (groups.some((group) => group.basisMinor < 0))
    faults.push({ path: ['allowances'], message: 'the allowances are above what they are taken from' });
  if (dueMinor < 0) faults.push({ path: ['paidMinor'], message: 'more was paid than is to pay' });
  if (invoice.kind === 'invoice' && dueMinor > 0 && !invoice.dueOn)
    faults.push({ path: ['dueOn'], message: 'something is left to pay: say by when' });
  if (invoice.dueOn && invoice.dueOn < invoice.issuedOn)
    faults.push({ path: ['dueOn'], message: 'due before it was issued' });
  return faults;
}

/** What no single field shows: who must be named, which taxes go together, sums that make no sense. */
export function checkInvoice(invoice: InvoiceModel): Fault[] {
  return [...checkSeller(invoice), ...checkTaxes(invoice), ...checkCreditNote(invoice), ...checkTotals(invoice)];
}
