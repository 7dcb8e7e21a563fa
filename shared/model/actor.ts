import type { Role } from './roles.ts';

/** Who acts, taken from the session, never from the input. `commandId` makes a repeat return the first answer. */
export interface Actor {
  readonly operatorId: string | null;
  readonly stationId: string | null;
  readonly role: Role;
  readonly commandId?: string;
}

/** The station itself, for work that nobody asked for: allocation, deliveries, expiry of leases. */
export const systemActor: Actor = { operatorId: null, stationId: null, role: 'admin' };
