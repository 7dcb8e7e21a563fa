import type { InvoiceModel, Vat } from './invoice.ts';
import { fractionDigits } from './minor-units.ts';

/** What one line comes to, net, in minor units. */
export interface LineAmounts {
  /** Quantity times price, before the discount. */
  readonly beforeDiscountMinor: number;
  readonly discountMinor: number;
  readonly netMinor: number;
  /** Net price of one piece as a plain decimal of the currency; exact enough that quantity × price rounds to the line. */
  readonly unitNet: string;
}

/** One VAT group: everything of one category and rate. */
export interface VatGroup {
  readonly category: Vat['category'];
  /** Hundredths of a percent. */
  readonly rate: number;
  readonly reason: string | undefined;
  readonly reasonCode: string | undefined;
  readonly basisMinor: number;
  readonly vatMinor: number;
}

/** All amounts of an invoice in minor units; the letters are those of EN 16931. */
export interface InvoiceAmounts {
  readonly lines: readonly LineAmounts[];
  /** Net, in the order of the model. */
  readonly charges: readonly number[];
  readonly allowances: readonly number[];
  readonly groups: readonly VatGroup[];
  /** BT-106 = sum of the lines. */
  readonly linesMinor: number;
  /** BT-108 and BT-107. */
  readonly chargesMinor: number;
  readonly allowancesMinor: number;
  /** BT-109 = lines − allowances + charges. */
  readonly basisMinor: number;
  /** BT-110 = sum of the groups. */
  readonly vatMinor: number;
  /** BT-112 = BT-109 + BT-110. */
  readonly totalMinor: number;
  /** BT-113. */
  readonly paidMinor: number;
  /** BT-114: cents between a price with VAT and the nearest sum that the rules of VAT can make. */
  readonly roundingMinor: number;
  /** BT-115 = total − paid + rounding. */
  readonly dueMinor: number;
}

const WHOLE = 10_000;

/** `value × numerator ÷ denominator`, halves away from zero, exact at any size. */
function scaledExactly(value: number, numerator: number, denominator: number): bigint {
  const product = BigInt(value) * BigInt(numerator);
  const [size, by] = [product < 0n ? -product : product, BigInt(denominator)];
  const rounded = (2n * size + by) / (2n * by);
  return product < 0n ? -rounded : rounded;
}

function scaled(value: number, numerator: number, denominator: number): number {
  return Number(scaledExactly(value, numerator, denominator));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** A part of a group: a line, a charge, or an allowance as a negative amount. */
interface Part {
  readonly vat: Vat;
  readonly amountMinor: number;
}

interface Group {
  readonly vat: Vat;
  readonly members: readonly number[];
}

function groupsOf(parts: readonly Part[]): Group[] {
  const groups = new Map<string, { vat: Vat; members: number[] }>();
  for (const [index, { vat }] of parts.entries()) {
    const key = `${vat.category} ${vat.rate}`;
    const group = groups.get(key) ?? { vat, members: [] };
    group.members.push(index);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/**
 * Net amounts of a group whose prices contain VAT: each the nearest, together exactly the group's net.
 *
 * The cent that is left over goes where rounding took most.
 */
function netOfGross(gross: readonly number[], rate: number): number[] {
  const nets = gross.map((amount) => scaled(amount, WHOLE, WHOLE + rate));
  const missing = scaled(sum(gross), WHOLE, WHOLE + rate) - sum(nets);
  const step = Math.sign(missing);
  const losses = gross.map((amount, index) => ({ index, loss: amount * WHOLE - (nets[index] ?? 0) * (WHOLE + rate) }));
  losses.sort((a, b) => step * (b.loss - a.loss) || a.index - b.index);
  const chosen = new Set(losses.slice(0, Math.abs(missing)).map(({ index }) => index));
  return nets.map((net, index) => (chosen.has(index) ? net + step : net));
}

/** Net of every part, in order. */
function netParts(parts: readonly Part[], groups: readonly Group[], withVat: boolean): number[] {
  const nets = parts.map(({ amountMinor }) => amountMinor);
  if (!withVat) return nets;
  for (const { vat, members } of groups) {
    const split = netOfGross(
      members.map((index) => nets[index] ?? 0),
      vat.rate,
    );
    for (const [place, index] of members.entries()) nets[index] = split[place] ?? 0;
  }
  return nets;
}

/** Eight decimals keep 100 000 pieces exact to the cent. */
function unitPrice(amountMinor: number, quantity: number, currency: string): string {
  const digits = fractionDigits(currency);
  const decimals = digits + 8;
  const text = String(scaledExactly(amountMinor, 10 ** 8, quantity)).padStart(decimals + 1, '0');
  const fraction = text.slice(-decimals);
  const shown = fraction.slice(0, digits) + fraction.slice(digits).replace(/0+$/, '');
  return shown === '' ? text.slice(0, -decimals) : `${text.slice(0, -decimals)}.${shown}`;
}

function lineAmounts(line: InvoiceModel['lines'][number], netMinor: number, invoice: InvoiceModel): LineAmounts {
  const { discountMinor: discount, vat, quantity } = line;
  const discountMinor = invoice.prices === 'with-vat' ? scaled(discount, WHOLE, WHOLE + vat.rate) : discount;
  const beforeDiscountMinor = netMinor + discountMinor;
  return {
    beforeDiscountMinor,
    discountMinor,
    netMinor,
    unitNet: unitPrice(beforeDiscountMinor, quantity, invoice.currency),
  };
}

function vatGroup({ vat, members }: Group, nets: readonly number[]): VatGroup {
  const basisMinor = sum(members.map((index) => nets[index] ?? 0));
  const { category, rate, reason, reasonCode } = vat;
  return { category, rate, reason, reasonCode, basisMinor, vatMinor: scaled(basisMinor, rate, WHOLE) };
}

/**
 * Adds an invoice up by the rules of EN 16931 (BR-CO-10 to BR-CO-17): VAT is rounded once a group, never a line.
 *
 * With prices that contain VAT, what the buyer pays is exactly what the shop showed: where no net sum and its VAT
 * make that amount, the cent stands in `roundingMinor`.
 */
export function invoiceAmounts(invoice: InvoiceModel): InvoiceAmounts {
  const { lines, charges, allowances } = invoice;
  const parts: Part[] = [
    ...lines.map((line) => ({ vat: line.vat, amountMinor: line.unitPriceMinor * line.quantity - line.discountMinor })),
    ...charges.map(({ vat, amountMinor }) => ({ vat, amountMinor })),
    ...allowances.map(({ vat, amountMinor }) => ({ vat, amountMinor: -amountMinor })),
  ];
  const grouped = groupsOf(parts);
  const nets = netParts(parts, grouped, invoice.prices === 'with-vat');
  const groups = grouped.map((group) => vatGroup(group, nets));
  const linesNet = nets.slice(0, lines.length);
  const chargesNet = nets.slice(lines.length, lines.length + charges.length);
  const allowancesNet = nets.slice(lines.length + charges.length).map((net) => (net === 0 ? 0 : -net));
  const basisMinor = sum(nets);
  const vatMinor = sum(groups.map((group) => group.vatMinor));
  const totalMinor = basisMinor + vatMinor;
  const shownMinor = sum(parts.map(({ amountMinor }) => amountMinor));
  const roundingMinor = invoice.prices === 'with-vat' ? shownMinor - totalMinor : 0;
  return {
    lines: lines.map((line, index) => lineAmounts(line, linesNet[index] ?? 0, invoice)),
    charges: chargesNet,
    allowances: allowancesNet,
    groups,
    linesMinor: sum(linesNet),
    chargesMinor: sum(chargesNet),
    allowancesMinor: sum(allowancesNet),
    basisMinor,
    vatMinor,
    totalMinor,
    paidMinor: invoice.paidMinor,
    roundingMinor,
    dueMinor: totalMinor - invoice.paidMinor + roundingMinor,
  };
}
