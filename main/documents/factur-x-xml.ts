import { create } from 'xmlbuilder2';
import type { InvoiceModel } from '../../shared/model/invoice.ts';
import type { InvoiceAmounts, VatGroup } from '../../shared/model/invoice-rules.ts';
import { plainDecimal } from '../../shared/model/minor-units.ts';
import { buyerParty, placeParty, sellerParty, type XmlNode } from './factur-x-parties.ts';
import { exemptionCode, exemptionReason, mentionsOf, sellerIdentity } from './invoice-mentions.ts';

const NAMESPACES = {
  'xmlns:rsm': 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100',
  'xmlns:ram': 'urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100',
  'xmlns:udt': 'urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100',
  'xmlns:qdt': 'urn:un:unece:uncefact:data:standard:QualifiedDataType:100',
} as const;

/** Profile "EN 16931" of Factur-X: the whole European norm and nothing beyond it. */
const GUIDELINE = 'urn:cen.eu:en16931:2017';

interface Filing {
  readonly invoice: InvoiceModel;
  readonly amounts: InvoiceAmounts;
}

/** BT-23 of the French e-invoice: goods, services or both, and whether they are paid already. */
function businessProcess({ invoice, amounts }: Filing): string {
  const letter = { goods: 'B', services: 'S', mixed: 'M' }[invoice.operations];
  const paid = invoice.kind === 'invoice' && amounts.paidMinor > 0 && amounts.dueMinor === 0;
  return `${letter}${paid ? 2 : 1}`;
}

const compactDate = (date: string): XmlNode => ({ '@format': '102', '#': date.replaceAll('-', '') });
const dateTime = (date: string): XmlNode => ({ 'udt:DateTimeString': compactDate(date) });

function context(filing: Filing): XmlNode {
  const french = filing.invoice.seller.country === 'FR';
  return {
    ...(french && { 'ram:BusinessProcessSpecifiedDocumentContextParameter': { 'ram:ID': businessProcess(filing) } }),
    'ram:GuidelineSpecifiedDocumentContextParameter': { 'ram:ID': GUIDELINE },
  };
}

function document({ invoice, amounts }: Filing): XmlNode {
  const mentions = [{ subject: 'REG', text: sellerIdentity(invoice) }, ...mentionsOf(invoice, amounts.groups)];
  return {
    'ram:ID': invoice.number,
    'ram:TypeCode': invoice.kind === 'credit-note' ? '381' : '380',
    'ram:IssueDateTime': dateTime(invoice.issuedOn),
    'ram:IncludedNote': mentions.map(({ subject, text }) => ({ 'ram:Content': text, 'ram:SubjectCode': subject })),
  };
}

const percent = (rate: number): string => (rate / 100).toFixed(2);

function taxOf({ category, rate }: { category: string; rate: number }): XmlNode {
  return { 'ram:TypeCode': 'VAT', 'ram:CategoryCode': category, 'ram:RateApplicablePercent': percent(rate) };
}

/** UNCL 5189 "discount"; a charge of a shop is postage or wrapping, told by its reason. */
const DISCOUNT = '95';

function adjustment(isCharge: boolean, amount: string, reason: string): XmlNode {
  return {
    'ram:ChargeIndicator': { 'udt:Indicator': String(isCharge) },
    'ram:ActualAmount': amount,
    ...(!isCharge && { 'ram:ReasonCode': DISCOUNT }),
    'ram:Reason': reason,
  };
}

function lineItem({ invoice, amounts }: Filing, index: number): XmlNode | undefined {
  const line = invoice.lines[index];
  const sums = amounts.lines[index];
  if (!line || !sums) return undefined;
  const money = (minor: number) => plainDecimal(minor, invoice.currency);
  const reason = line.discountReason ?? (invoice.language === 'fr' ? 'Remise' : 'Discount');
  return {
    'ram:AssociatedDocumentLineDocument': {
      'ram:LineID': String(index + 1),
      ...(line.note && { 'ram:IncludedNote': { 'ram:Content': line.note } }),
    },
    'ram:SpecifiedTradeProduct': {
      // 0160 is GTIN in the list of ISO/IEC 6523 codes.
      ...(line.gtin && { 'ram:GlobalID': { '@schemeID': '0160', '#': line.gtin } }),
      ...(line.sku && { 'ram:SellerAssignedID': line.sku }),
      'ram:Name': line.title,
    },
    'ram:SpecifiedLineTradeAgreement': { 'ram:NetPriceProductTradePrice': { 'ram:ChargeAmount': sums.unitNet } },
    'ram:SpecifiedLineTradeDelivery': { 'ram:BilledQuantity': { '@unitCode': 'C62', '#': String(line.quantity) } },
    'ram:SpecifiedLineTradeSettlement': {
      'ram:ApplicableTradeTax': taxOf(line.vat),
      ...(sums.discountMinor > 0 && {
        'ram:SpecifiedTradeAllowanceCharge': adjustment(false, money(sums.discountMinor), reason),
      }),
      'ram:SpecifiedTradeSettlementLineMonetarySummation': { 'ram:LineTotalAmount': money(sums.netMinor) },
    },
  };
}

function agreement({ invoice }: Filing): XmlNode {
  return {
    'ram:SellerTradeParty': sellerParty(invoice),
    'ram:BuyerTradeParty': buyerParty(invoice.buyer),
    ...(invoice.orderNumber && { 'ram:BuyerOrderReferencedDocument': { 'ram:IssuerAssignedID': invoice.orderNumber } }),
  };
}

function delivery({ invoice, amounts }: Filing): XmlNode {
  // BR-IC-12: a supply to another member state names the country it went to, also when that is the buyer's own.
  const place =
    invoice.deliverTo ?? (amounts.groups.some(({ category }) => category === 'K') ? invoice.buyer : undefined);
  return {
    ...(place && { 'ram:ShipToTradeParty': placeParty(place) }),
    'ram:ActualDeliverySupplyChainEvent': { 'ram:OccurrenceDateTime': dateTime(invoice.suppliedOn) },
  };
}

function taxGroup(group: VatGroup, { invoice }: Filing): XmlNode {
  const money = (minor: number) => plainDecimal(minor, invoice.currency);
  const reason = exemptionReason(group, invoice);
  const code = exemptionCode(group);
  return {
    'ram:CalculatedAmount': money(group.vatMinor),
    'ram:TypeCode': 'VAT',
    ...(reason && { 'ram:ExemptionReason': reason }),
    'ram:BasisAmount': money(group.basisMinor),
    'ram:CategoryCode': group.category,
    ...(code && { 'ram:ExemptionReasonCode': code }),
    // 5: VAT falls due with the invoice (UNTDID 2475), the French option for the debits.
    ...(invoice.seller.vatOnDebits && group.category === 'S' && { 'ram:DueDateTypeCode': '5' }),
    'ram:RateApplicablePercent': percent(group.rate),
  };
}

/** UNTDID 4461; a transfer without an account says nothing of its means (BR-61 would want the account). */
function paymentMeans({ payment }: InvoiceModel): XmlNode {
  if (!payment) return {};
  const transfer = payment.iban ? '58' : '1';
  const code = { card: '48', transfer, 'direct-debit': '49', online: '68', cash: '10', other: '1' }[payment.means];
  return {
    ...(payment.reference && { 'ram:PaymentReference': payment.reference }),
    means: {
      'ram:TypeCode': code,
      ...(payment.iban && { 'ram:PayeePartyCreditorFinancialAccount': { 'ram:IBANID': payment.iban } }),
      ...(payment.iban &&
        payment.bic && { 'ram:PayeeSpecifiedCreditorFinancialInstitution': { 'ram:BICID': payment.bic } }),
    },
  };
}

function adjustments({ invoice, amounts }: Filing): XmlNode[] {
  const money = (minor: number | undefined) => plainDecimal(minor ?? 0, invoice.currency);
  const taxed = (node: XmlNode, vat: { category: string; rate: number }) => ({
    ...node,
    'ram:CategoryTradeTax': taxOf(vat),
  });
  return [
    ...invoice.allowances.map(({ reason, vat }, index) =>
      taxed(adjustment(false, money(amounts.allowances[index]), reason), vat),
    ),
    ...invoice.charges.map(({ reason, vat }, index) =>
      taxed(adjustment(true, money(amounts.charges[index]), reason), vat),
    ),
  ];
}

function summation({ invoice, amounts }: Filing): XmlNode {
  const money = (minor: number) => plainDecimal(minor, invoice.currency);
  const own = invoice.vatInSellerCurrency;
  return {
    'ram:LineTotalAmount': money(amounts.linesMinor),
    ...(invoice.charges.length > 0 && { 'ram:ChargeTotalAmount': money(amounts.chargesMinor) }),
    ...(invoice.allowances.length > 0 && { 'ram:AllowanceTotalAmount': money(amounts.allowancesMinor) }),
    'ram:TaxBasisTotalAmount': money(amounts.basisMinor),
    'ram:TaxTotalAmount': [
      { '@currencyID': invoice.currency, '#': money(amounts.vatMinor) },
      ...(own ? [{ '@currencyID': own.currency, '#': plainDecimal(own.minor, own.currency) }] : []),
    ],
    ...(amounts.roundingMinor !== 0 && { 'ram:RoundingAmount': money(amounts.roundingMinor) }),
    'ram:GrandTotalAmount': money(amounts.totalMinor),
    ...(amounts.paidMinor > 0 && { 'ram:TotalPrepaidAmount': money(amounts.paidMinor) }),
    'ram:DuePayableAmount': money(amounts.dueMinor),
  };
}

function settlement(filing: Filing): XmlNode {
  const { invoice, amounts } = filing;
  const { means, ...reference } = paymentMeans(invoice);
  const { corrects, dueOn, vatInSellerCurrency: own } = invoice;
  return {
    ...reference,
    ...(own && { 'ram:TaxCurrencyCode': own.currency }),
    'ram:InvoiceCurrencyCode': invoice.currency,
    ...(means !== undefined && { 'ram:SpecifiedTradeSettlementPaymentMeans': means }),
    'ram:ApplicableTradeTax': amounts.groups.map((group) => taxGroup(group, filing)),
    'ram:SpecifiedTradeAllowanceCharge': adjustments(filing),
    ...(dueOn && { 'ram:SpecifiedTradePaymentTerms': { 'ram:DueDateDateTime': dateTime(dueOn) } }),
    'ram:SpecifiedTradeSettlementHeaderMonetarySummation': summation(filing),
    ...(corrects && {
      'ram:InvoiceReferencedDocument': {
        'ram:IssuerAssignedID': corrects.number,
        'ram:FormattedIssueDateTime': { 'qdt:DateTimeString': compactDate(corrects.issuedOn) },
      },
    }),
  };
}

/** Cross Industry Invoice of the profile EN 16931 (Factur-X 1.0.7), UTF-8; `381` for a credit note. */
export function facturXml(invoice: InvoiceModel, amounts: InvoiceAmounts): string {
  const filing = { invoice, amounts };
  const root = create({ version: '1.0', encoding: 'UTF-8' }).ele('rsm:CrossIndustryInvoice', NAMESPACES);
  root.ele({
    'rsm:ExchangedDocumentContext': context(filing),
    'rsm:ExchangedDocument': document(filing),
    'rsm:SupplyChainTradeTransaction': {
      'ram:IncludedSupplyChainTradeLineItem': invoice.lines.map((_, index) => lineItem(filing, index) ?? {}),
      'ram:ApplicableHeaderTradeAgreement': agreement(filing),
      'ram:ApplicableHeaderTradeDelivery': delivery(filing),
      'ram:ApplicableHeaderTradeSettlement': settlement(filing),
    },
  });
  return root.end({ prettyPrint: true, indent: '  ' });
}
