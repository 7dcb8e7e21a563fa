import type { Role } from './roles.ts';

/** The bench of a session and who is signed in there, for the screen. */
export interface Seat {
  readonly station: { readonly id: string; readonly name: string };
  readonly operator: {
    readonly id: string;
    readonly name: string;
    readonly role: Role;
    readonly language: 'en' | 'fr';
  } | null;
}

/**
 * Who acts, taken from the session, never from the input. A repeat of the same `commandId` for the same call at the same
 * bench returns the first answer.
 */
export interface Actor {
  readonly operatorId: string | null;
  readonly stationId: string | null;
  readonly role: Role;
  readonly commandId?: string;
  /** Name of the call, where one was made. */
  readonly call?: string;
  readonly seat?: Seat;
}

/** The station itself, for work that nobody asked for: allocation, deliveries, expiry of leases. */
export const systemActor: Actor = { operatorId: null, stationId: null, role: 'admin' };
