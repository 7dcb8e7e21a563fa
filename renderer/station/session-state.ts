import { SessionLostError } from './door-error.ts';
import { createStateCell } from './state-cell.ts';

export type SessionState =
  | { readonly status: 'opening' }
  | { readonly status: 'open'; readonly demo: boolean }
  /** `refused`: the address was used before or is too old; `none`: there was no address; `over`: it ended. */
  | { readonly status: 'lost'; readonly reason: 'none' | 'refused' | 'over' };

const TOKEN_KEY = 'packwright.session';

/** Whether this tab has a session at the door. */
export const session = createStateCell<SessionState>({ status: 'opening' });

/** The token that every request carries; it lives as long as the tab, so that a reload keeps the session. */
export function sessionToken(): string | null {
  return sessionStorage.getItem(TOKEN_KEY);
}

export function keepSessionToken(token: string): void {
  sessionStorage.setItem(TOKEN_KEY, token);
}

/** Forgets the token; the screen then says how to get a new address. Returns the error to throw. */
export function endSession(): SessionLostError {
  sessionStorage.removeItem(TOKEN_KEY);
  session.set({ status: 'lost', reason: 'over' });
  return new SessionLostError();
}
