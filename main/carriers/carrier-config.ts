import { AppError } from '../../shared/errors.ts';
import type { AccountField } from '../../shared/model/carrier.ts';

/** The address of the carrier's service, with its real one as default; a sandbox may stand in. */
export function baseUrlField(url: string): AccountField {
  return { name: 'baseUrl', kind: 'url', required: true, default: url };
}

function isWrong(field: AccountField, value: string): boolean {
  if (value === '') return field.required;
  if (field.kind === 'url') return !/^https?:\/\/[^/?#]+(?:\/[^?#]*)?$/.test(value);
  return field.choices !== undefined && !field.choices.includes(value);
}

/**
 * The fields of an account without blanks around them, defaults filled in, addresses without a slash at the end; a field
 * left empty is ''. Throws `validation` `carrier.bad-config` with the names of the `fields` that are missing or wrong.
 */
export function readConfig(
  fields: readonly AccountField[],
  config: Readonly<Record<string, string>>,
): (name: string) => string {
  const values = new Map(
    fields.map(({ name, kind, default: fallback = '' }) => {
      const value = config[name]?.trim() || fallback;
      return [name, kind === 'url' ? value.replace(/\/+$/, '') : value];
    }),
  );
  const wrong = fields.filter((field) => isWrong(field, values.get(field.name) ?? '')).map(({ name }) => name);
  if (wrong.length > 0) throw new AppError('validation', 'carrier.bad-config', { fields: wrong });
  return (name) => values.get(name) ?? '';
}
