import { getScaleProtocol } from '../../../main/app/scale-protocols.ts';
import { type DecodedFrame, decodeScaleCase, toDecodedFrame } from '../../../shared/scale/decode-case.ts';
import type { ScaleConfig, ScaleSettings } from '../../../shared/scale/scale-settings.ts';

export interface Vector {
  readonly protocol: string;
  readonly hex: string;
  readonly frames: readonly DecodedFrame[];
  readonly unit?: ScaleSettings['unit'];
  readonly config?: ScaleConfig;
}

type Told = Partial<
  Record<'value' | 'unit' | 'grams' | 'stable' | 'mode' | 'usable', string | number | boolean | null>
>;

/** A weight as printed; stable, in range and of known unit unless told otherwise. */
export function weight(
  value: number | string,
  unit: string | null,
  grams: number | null,
  told: Told = {},
): DecodedFrame {
  return { value, unit, grams, stable: true, mode: null, usable: told.stable === undefined, ...told };
}
export const moving = { stable: false } as const;
export const noFlag = { stable: null } as const;
export const error = (code: string): DecodedFrame => ({ error: code });
export const ack: DecodedFrame = { ack: true };

export const hexOf = (text: string): string => Buffer.from(text, 'latin1').toString('hex');

export function decode(protocol: string, hex: string, settings: ScaleSettings = {}): DecodedFrame[] {
  return decodeScaleCase(hex, getScaleProtocol(protocol), settings);
}

/** Decodes text whose control characters are written as themselves. */
export function decodeText(protocol: string, text: string, settings: ScaleSettings = {}): DecodedFrame[] {
  return decode(protocol, hexOf(text), settings);
}

export function decodeReads(
  protocol: string,
  reads: readonly Uint8Array[],
  settings: ScaleSettings = {},
): DecodedFrame[] {
  const stream = getScaleProtocol(protocol).open(settings);
  const readings = reads.flatMap((read) => stream.push(read));
  return [...readings, ...stream.flush()].map(toDecodedFrame);
}
