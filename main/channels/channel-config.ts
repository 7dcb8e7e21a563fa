import { AppError } from '../../shared/errors.ts';
import type { AccountField } from '../../shared/model/carrier.ts';
import { readConfig } from '../carriers/carrier-config.ts';

/** Like `readConfig` of carriers; throws `validation` `channel.bad-config` with the names of the `fields`. */
export function readShopConfig(
  fields: readonly AccountField[],
  config: Readonly<Record<string, string>>,
): (name: string) => string {
  try {
    return readConfig(fields, config);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'carrier.bad-config') throw error;
    throw new AppError('validation', 'channel.bad-config', error.details, error);
  }
}
