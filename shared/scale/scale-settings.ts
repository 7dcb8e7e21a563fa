import { z } from 'zod';
import { settableUnits } from './units.ts';

/**
 * What a station sets for one scale beside its line; everything a frame says for itself wins over it.
 *
 * - `decimals`: places of a number that comes without a decimal point (Toledo 8217, CAS 10-byte).
 * - `polarity`: `inverted` for an NCI SCP-12 scale whose manual prints 0 = in motion, 0 = at zero.
 * - `terminator`: what ends a line, where the scale's menu was set to something else than CR LF.
 * - `checksum`: whether Toledo continuous frames end with one; `auto` finds out.
 */
export const ScaleConfig = z.strictObject({
  decimals: z.int().min(0).max(6).optional(),
  polarity: z.enum(['normal', 'inverted']).optional(),
  terminator: z.enum(['crlf', 'cr', 'lf']).optional(),
  checksum: z.union([z.boolean(), z.literal('auto')]).optional(),
});
export type ScaleConfig = z.infer<typeof ScaleConfig>;

export const SettableUnit = z.enum(settableUnits);

export interface ScaleSettings extends ScaleConfig {
  /** Used only where the frame carries no unit; never guessed. */
  readonly unit?: z.infer<typeof SettableUnit> | undefined;
}
