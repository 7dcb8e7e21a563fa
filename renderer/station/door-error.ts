import { AppError, type ErrorKind } from '../../shared/errors.ts';

interface Refusal {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly ref: string;
}

/** The station answered and said no. `ref` finds the same refusal in the station's log. */
export class DoorError extends AppError {
  readonly ref: string;

  constructor({ kind, code, details, ref }: Refusal) {
    super(kind, code, details);
    this.name = 'DoorError';
    this.ref = ref;
  }
}

/** No answer came, or one that no station gives: whether the command was carried out is not known. */
export class UnreachableError extends Error {
  constructor(cause: unknown) {
    super('the station did not answer', { cause });
    this.name = 'UnreachableError';
  }
}

/** The session is unknown or over; only a new launch address helps. */
export class SessionLostError extends Error {
  constructor() {
    super('the session is over');
    this.name = 'SessionLostError';
  }
}
