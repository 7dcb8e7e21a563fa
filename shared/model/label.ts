import { z } from 'zod';
import { parseRma } from '../barcode/station-codes.ts';
import { AppError } from '../errors.ts';
import { Address } from './address.ts';
import { type LabelProfileName, profileFields } from './label-profiles.ts';

/** `4x6` is 101.6 × 152.4 mm, `100x150` is in mm. */
export const labelMedia = ['4x6', '100x150'] as const;
export type LabelMedia = (typeof labelMedia)[number];

export const LabelDpi = z.union([z.literal(203), z.literal(300)]);
export type LabelDpi = z.infer<typeof LabelDpi>;

const CalendarDate = z.iso.date();
const Line = z.string().trim().min(1).max(200);

/** An address that a parcel can reach: somebody, a street and a city. */
const LabelAddress = Address.extend({ street1: Line, city: Line }).superRefine((address, check) => {
  if (`${address.name}${address.company ?? ''}`.trim() === '') {
    check.addIssue({ code: 'custom', path: ['name'], message: 'name or company is needed' });
  }
});

const Rma = z
  .string()
  .refine((code) => parseRma(code) === code, 'no RMA code of ours: R, seven characters, a check character');

const shared = {
  media: z.enum(labelMedia).default('4x6'),
  dpi: LabelDpi.default(203),
  language: z.enum(['en', 'fr']).default('en'),
  /** False prints SPECIMEN across the label: nobody accepts a self-drawn label that he did not approve. */
  approved: z.boolean(),
  from: LabelAddress,
  to: LabelAddress,
  carrier: Line,
  service: Line,
  parcelIndex: z.int().min(1),
  parcelCount: z.int().min(1),
  orderNumber: Line,
  weightMg: z.int().positive().optional(),
  trackingNumber: Line.optional(),
  references: z.array(Line).max(3).default([]),
  shipDate: CalendarDate,
};

const returned = {
  rma: Rma,
  /** Last day on which the carrier takes the parcel without payment. */
  expiresOn: CalendarDate,
  notes: z.array(Line).max(2).default([]),
};

const outbound = <P extends LabelProfileName>(profile: P) =>
  z.strictObject({
    kind: z.literal('outbound'),
    profile: z.literal(profile),
    ...shared,
    ...profileFields[profile],
  });
const back = <P extends LabelProfileName>(profile: P) =>
  z.strictObject({
    kind: z.literal('return'),
    profile: z.literal(profile),
    ...shared,
    ...returned,
    ...profileFields[profile],
  });

/** A label that names no profile is the logistic one: its SSCC is the one number that a shipper owns. */
const unnamed = { profile: z.literal('gs1-logistic').optional().default('gs1-logistic') };

const OutboundLabel = z.discriminatedUnion('profile', [
  outbound('gs1-logistic').extend(unnamed),
  outbound('upu-s10'),
  outbound('usps-impb'),
  outbound('dpd'),
  outbound('dhl-paket'),
  outbound('mondial-relay'),
  outbound('colissimo'),
  outbound('chronopost'),
]);

const ReturnLabel = z.discriminatedUnion('profile', [
  back('gs1-logistic').extend(unnamed),
  back('upu-s10'),
  back('usps-impb'),
  back('dpd'),
  back('dhl-paket'),
  back('mondial-relay'),
  back('colissimo'),
  back('chronopost'),
]);

/**
 * Everything that a label shows, checked: weights in mg, dates `YYYY-MM-DD`.
 *
 * A domestic label carries its postcode as AI (420), one that crosses a border as AI (421).
 */
export const LabelModel = z
  .discriminatedUnion('kind', [OutboundLabel, ReturnLabel])
  .refine((label) => label.parcelIndex <= label.parcelCount, {
    path: ['parcelIndex'],
    message: 'parcelIndex is above parcelCount',
  })
  .superRefine((label, check) => {
    if (label.profile !== 'usps-impb') return;
    const { country, postcode } = label.to;
    const zip = label.number.length === 22 ? /^[0-9]{5}(?:-?[0-9]{4})?$/ : /^[0-9]{5}(?:-[0-9]{4})?$/;
    if (country !== 'US')
      check.addIssue({ code: 'custom', path: ['to', 'country'], message: 'USPS delivers in the US' });
    if (!zip.test(postcode))
      check.addIssue({ code: 'custom', path: ['to', 'postcode'], message: 'a ZIP of 5 or 9 digits' });
  });
export type LabelModel = z.infer<typeof LabelModel>;
/** The label of one profile, outbound or return. */
export type LabelOf<P extends LabelProfileName> = Extract<LabelModel, { profile: P }>;
export type OutboundLabelModel = Extract<LabelModel, { kind: 'outbound' }>;
export type ReturnLabelModel = Extract<LabelModel, { kind: 'return' }>;

/** What a caller may write: fields with a default may be missing. */
export type LabelInput = z.input<typeof LabelModel>;

/** Reads foreign JSON; throws `validation` `label.bad-model` with one `{field, message}` for each fault. */
export function parseLabelModel(value: unknown): LabelModel {
  const parsed = LabelModel.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.') || 'label', message }));
  throw new AppError('validation', 'label.bad-model', { issues });
}
