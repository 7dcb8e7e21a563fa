import { splitAim } from '../barcode/aim.ts';
import { GS } from '../barcode/gs1-elements.ts';
import { type Parts, TRACKING_FORMATS, type TrackingFormat } from './formats.ts';

/** One way to read a number. */
export interface TrackingReading {
  readonly carrier: string | null;
  /** The carrier's product in English, when the number tells it and its code is known. */
  readonly service: string | null;
  readonly format: string;
}

export interface TrackingCheck {
  /** As it was given. */
  readonly number: string;
  readonly valid: boolean;
  readonly carrier: string | null;
  readonly service: string | null;
  /** Of an invalid number: the one format whose shape it has, null when it has none or several. */
  readonly format: string | null;
  /** Other formats that the same characters fit, likeliest first; absent when there is none. */
  readonly also?: readonly TrackingReading[];
  /** Why it is not valid: a wrong check digit, a wrong part (country, mailer id), or no known shape. */
  readonly problem?: 'check-digit' | 'content' | 'unknown-shape';
}

const LONGEST = 100;

/**
 * Says whether a text is a tracking number, whose, and of which service.
 *
 * Blanks, hyphens, dots and parentheses of the printed form do not matter, nor do lower case, a symbology
 * identifier in front and the GS of a scan. A format without a
 * check digit is valid by its shape. Sources: UPU S10, GS1 General Specifications, carriers' label specifications.
 */
export function checkTracking(number: string): TrackingCheck {
  const text = splitAim(number.trim())
    .content.replace(/[\s().-]/g, '')
    .replaceAll(GS, '')
    .toUpperCase();
  const tried = text.length > LONGEST ? [] : TRACKING_FORMATS.flatMap((format) => attempt(format, text) ?? []);
  const [first, ...also] = tried.flatMap(({ reading, problem }) => (problem === undefined ? [reading] : []));
  if (first !== undefined) return { number, valid: true, ...first, ...(also.length > 0 ? { also } : {}) };
  const formats = new Set(tried.map(({ reading }) => reading.format));
  const [format] = formats;
  return {
    number,
    valid: false,
    carrier: null,
    service: null,
    format: formats.size === 1 && format !== undefined ? format : null,
    problem: tried[0]?.problem ?? 'unknown-shape',
  };
}

interface Attempt {
  readonly reading: TrackingReading;
  readonly problem?: 'check-digit' | 'content';
}

function attempt(format: TrackingFormat, text: string): Attempt | undefined {
  const match = format.pattern.exec(text);
  if (match === null) return undefined;
  const parts: Parts = match.groups ?? {};
  const reading = { carrier: carrierOf(format, parts, text), service: serviceOf(format, parts), format: format.format };
  if (format.check?.(parts, text) === false) return { reading, problem: 'check-digit' };
  if (format.sound?.(parts, text) === false) return { reading, problem: 'content' };
  return { reading };
}

function carrierOf({ carrier }: TrackingFormat, parts: Parts, text: string): string | null {
  return (typeof carrier === 'string' ? carrier : carrier(parts, text)) ?? null;
}

function serviceOf({ services }: TrackingFormat, parts: Parts): string | null {
  if (services === undefined) return null;
  return (typeof services === 'function' ? services(parts) : services[parts.service ?? '']) ?? null;
}
