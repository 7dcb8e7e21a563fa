import { z } from 'zod';

/** Values as platforms really send them: numbers as text, text as numbers, null for nothing. */

const plain = z.union([z.string(), z.number(), z.boolean()]);

/** An id as text, never rounded: a number that a double cannot hold is refused. */
export const wireId = z
  .union([z.string(), z.number()], { error: 'an id is missing' })
  .refine((value) => typeof value === 'string' || Number.isSafeInteger(value), 'an id that is no whole number')
  .transform((value) => String(value).trim())
  .pipe(z.string().min(1, 'an id is empty').max(200, 'an id is longer than 200 characters'));

/** An id, or empty where there is none; 0 means none. */
export const wireIdOrNone = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined || value === 0 ? '' : String(value).trim()));

/** Text without blanks around it; empty when absent. */
export const wireText = plain
  .nullish()
  .transform((value) => (value === null || value === undefined ? '' : String(value).trim()));

/** A whole number of units from 0 to a million, also as text. */
export const wireCount = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(/^\s*-?\d+(?:\.0+)?\s*$/)
        .transform(Number),
    ],
    { error: 'a quantity is missing' },
  )
  .pipe(
    z
      .int('a quantity that is no whole number')
      .min(0, 'a negative quantity')
      .max(1_000_000, 'a quantity over a million'),
  );

export const wireCountOrNone = wireCount.nullish();

/** A time as the platform writes it: epoch seconds or milliseconds, or text. */
export const wireTime = z.union([z.string(), z.number()]).nullish();

/** Yes or no, also as `1`, `"1"` or `"true"`; false when absent. */
export const wireFlag = plain.nullish().transform((value) => value === true || /^(?:1|true|yes)$/i.test(String(value)));

/** A list; null and absence are an empty one, and one thing alone is a list of one. */
export function wireList<T extends z.ZodType>(item: T) {
  return z.preprocess(
    (raw) => (raw === null || raw === undefined || raw === '' ? [] : Array.isArray(raw) ? raw : [raw]),
    z.array(item),
  );
}

/** True for a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text or whole number under `key`, as text; undefined when it is anything else. */
export function textUnder(value: unknown, key: string): string | undefined {
  const found = isObject(value) ? value[key] : undefined;
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
}
