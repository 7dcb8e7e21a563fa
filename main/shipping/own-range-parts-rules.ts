import { AppError } from '../../shared/errors.ts';
import type { Address } from '../../shared/model/address.ts';
import type { AccountField, CarrierService } from '../../shared/model/carrier.ts';
import type { LabelProfileName } from '../../shared/model/label-profiles.ts';

/** What a number and its label are made from. */
export interface OwnLabelFacts {
  readonly to: Address;
  readonly weightMg: number;
  readonly service: string;
  readonly config: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, string>>;
}

export interface OwnNumber {
  readonly trackingNumber: string;
  /** What a scanner sends of the tracking symbol. */
  readonly scanText: string;
  /** The fields of the profile beside addresses. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A carrier whose labels the shipper draws, with numbers out of a range that the carrier gave. */
export interface OwnRange {
  readonly name: string;
  readonly title: string;
  readonly profile: LabelProfileName;
  readonly fields: readonly AccountField[];
  /** Parts of every number; `scope` says which ranges may never overlap. */
  readonly rangeFields: readonly AccountField[];
  /** Places of a serial number, at most; fewer where the parts of the number take more. */
  readonly digits: number;
  readonly services: readonly CarrierService[];
  readonly maxWeightMg: number;
  readonly missing?: string;
  /** Whether a range with these parts is for a service; missing where every range is for all. */
  serves?(params: Readonly<Record<string, string>>, service: string): boolean;
  number(serial: number, facts: OwnLabelFacts): OwnNumber;
}

/** One field of a form. */
export const text = (name: string, rest: Partial<AccountField> = {}): AccountField => ({
  name,
  kind: 'text',
  required: true,
  ...rest,
});
export const service = (code: string, title: string, rest: Partial<CarrierService> = {}): CarrierService => ({
  code,
  title,
  direction: 'outbound',
  ...rest,
});

export const KG = 1_000_000;

/** Texts that are wrong in a range or an account are the shipper's to mend: they are named. */
export function part(values: Readonly<Record<string, string>>, name: string): string {
  const value = values[name] ?? '';
  if (value === '') throw new AppError('validation', 'carrier.bad-config', { fields: name });
  return value;
}
