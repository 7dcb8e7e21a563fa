import type { Role } from './roles.ts';

/** The bench of a session and who is signed in there, for the screen. */
export interface Seat {
  readonly station: { readonly id: string; readonly name: string };
  readonly operator: {
    readonly id: string;
    readonly name: string;
    readonly role: Role;
    readonly language: 'en' | 'fr';
    readonly theme?: 'system' | 'light' | 'dark';
  } | null;
  /** Whose bench it is while it is locked; then nobody counts as signed in. */
  readonly locked?: { readonly name: string; readonly language: 'en' | 'fr' } | null;
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

/** Whose PIN a bench waits for. Lives in memory only: figures of a PIN are stored nowhere. */
export interface PinAsked {
  readonly operatorId: string;
  readonly name: string;
  readonly purpose: 'sign-in' | 'approval';
  /** Figures that came by DIGIT cards so far. */
  readonly digits: string;
  readonly at: string;
}

/** The station itself, for work that nobody asked for: allocation, deliveries, expiry of leases. */
export const systemActor: Actor = { operatorId: null, stationId: null, role: 'admin' };
