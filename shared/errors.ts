/** Kinds of failure, each with its HTTP status, its retry rule and who sees it (house rules in README, "Errors"). */
export const errorKinds = [
  'validation',
  'not-found',
  'conflict',
  'rule',
  'permission',
  'device',
  'remote',
  'bug',
] as const;
export type ErrorKind = (typeof errorKinds)[number];

/**
 * The one error class of the product. `code` is `feature.reason` and keys the text in the renderer's catalogues.
 *
 * `details` travels to the screen: no secrets, no personal data.
 */
export class AppError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(kind: ErrorKind, code: string, details: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(`${code} ${JSON.stringify(details)}`, cause === undefined ? undefined : { cause });
    this.name = 'AppError';
    this.kind = kind;
    this.code = code;
    this.details = details;
  }
}
