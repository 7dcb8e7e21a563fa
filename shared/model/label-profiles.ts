import { z } from 'zod';
import { isSscc } from '../barcode/sscc.ts';
import { DHL_ROUTING } from '../carriers/dhl-paket.ts';
import { checkTracking } from '../tracking/check-tracking.ts';

/** Layouts that the station draws itself. */
export const labelProfiles = [
  'gs1-logistic',
  'upu-s10',
  'usps-impb',
  'dpd',
  'dhl-paket',
  'mondial-relay',
  'colissimo',
  'chronopost',
] as const;
export type LabelProfileName = (typeof labelProfiles)[number];

const Text = z.string().trim().min(1).max(80);
const Word = z.string().trim().min(1).max(20);
const Digits = (length: number) => z.string().regex(new RegExp(`^[0-9]{${length}}$`), `${length} digits`);

/** A number of this format whose check digit is right. */
const ValidNumber = (format: string, shape: RegExp) =>
  z.string().refine((number) => {
    if (!shape.test(number)) return false;
    const { valid, format: found, also = [] } = checkTracking(number);
    return valid && (found === format || also.some((other) => other.format === format));
  }, `no valid number of the format ${format}`);

const Sscc = z.string().refine(isSscc, 'an SSCC has 18 digits, the last one its check digit');

/**
 * What each layout needs beyond the addresses. Numbers come from a range (`shared/carriers` builds them) or from the
 * carrier's answer; what only the carrier's service knows (depot, sorting, run, products) is given, never made up.
 */
export const profileFields = {
  'gs1-logistic': { sscc: Sscc },
  'upu-s10': { number: ValidNumber('s10', /^[A-Z]{2}[0-9]{9}[A-Z]{2}$/) },
  'usps-impb': {
    /** 22 or 26 digits without the ZIP, which is the recipient's. */
    number: ValidNumber('usps-impb', /^(?:[0-9]{22}|[0-9]{26})$/),
    /** The letter of the service icon: G Ground Advantage, P Priority, E Express. */
    icon: z.string().regex(/^[A-Z]{1,2}$/),
    /** Lines of the postage block, as the permit or the returns agreement says. */
    postage: z.array(Text).min(1).max(5),
    /** Words over the bars; the service decides between tracking and signature. */
    trackingBanner: Text.default('USPS TRACKING #'),
    /** Such as `RDC 01`, `C001`. */
    routeCodes: z.array(Word).max(2).default([]),
  },
  dpd: {
    /** 14 digits without the check character: depot and number of the range. */
    parcelNumber: Digits(14),
    /** Three digits and what DPD calls it, `101` and `D`. */
    serviceCode: Digits(3),
    /** From DPD's routing database: `FR-DPD-1077-` and the inverse field behind it. */
    routing: z.strictObject({ line: Word, sort: Word }),
    depot: z.array(Text).max(4).default([]),
    info: Text.optional(),
    /** Time and version of the program and routing data, as DPD wants them on the label. */
    stamp: Text.optional(),
    /** The data of the Aztec code as DPD's service returns them. */
    aztec: z.string().min(1).max(400).optional(),
  },
  'dhl-paket': {
    /** SSCC out of DHL's range. */
    sscc: Sscc,
    /** ISO 3166 numeric, postcode, `+`, 14 digits of the carrier's routing data. */
    routing: z.string().regex(DHL_ROUTING),
    billingNumber: Word.optional(),
  },
  'mondial-relay': {
    /** 26 digits, both keys right. */
    number: ValidNumber('mondial-relay', /^[0-9]{26}$/),
    /** `24R`, `HOM`: where it is delivered. */
    mode: Word,
    /** From the carrier's answer (`TRI_*`). */
    agency: Word,
    group: Word.optional(),
    shuttle: Word.optional(),
    run: Word,
    pickupPoint: z.strictObject({ number: Word, name: Text }).optional(),
  },
  colissimo: {
    number: z.union([ValidNumber('colissimo', /^[6-9][A-Z][0-9]{11}$/), ValidNumber('s10', /^[A-Z]{2}[0-9]{9}FR$/)]),
    /** 24 characters. */
    sortingCode: ValidNumber('colissimo-sorting', /^[0-9A-Z]{8}[0-9]{16}$/),
  },
  chronopost: {
    /** `XP696982485FR`. */
    number: ValidNumber('s10', /^[A-Z]{2}[0-9]{9}FR$/),
    /** The three digits behind it in the GeoPost barcode. */
    geopostSuffix: Digits(3),
    serviceCode: Digits(3),
    /** Agency and sorting as Chronopost's service returns them. */
    sorting: z.array(Word).max(3).default([]),
  },
} as const satisfies Readonly<Record<LabelProfileName, z.ZodRawShape>>;
