import { z } from 'zod';
import { isSscc } from '../barcode/sscc.ts';
import { parseRma } from '../barcode/station-codes.ts';
import { AppError } from '../errors.ts';
import { Address } from './address.ts';

/** Layouts that the station draws itself; a carrier's own layout adds its name here and its plan in documents. */
export const labelProfiles = ['gs1-logistic'] as const;

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

const Sscc = z.string().refine(isSscc, 'an SSCC has 18 digits, the last one its check digit');

const Rma = z
  .string()
  .refine((code) => parseRma(code) === code, 'no RMA code of ours: R, seven characters, a check character');

const shared = {
  profile: z.enum(labelProfiles).default('gs1-logistic'),
  media: z.enum(labelMedia).default('4x6'),
  dpi: LabelDpi.default(203),
  language: z.enum(['en', 'fr']).default('en'),
  /** False prints SPECIMEN across the label: nobody accepts a self-drawn label that he did not approve. */
  approved: z.boolean(),
  from: LabelAddress,
  to: LabelAddress,
  sscc: Sscc,
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

const OutboundLabel = z.strictObject({ kind: z.literal('outbound'), ...shared });

const ReturnLabel = z.strictObject({
  kind: z.literal('return'),
  ...shared,
  rma: Rma,
  /** Last day on which the carrier takes the parcel without payment. */
  expiresOn: CalendarDate,
  notes: z.array(Line).max(2).default([]),
});

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
  });
export type LabelModel = z.infer<typeof LabelModel>;
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
