import { delayBefore, pause } from './back-off.ts';
import { callDoor, newCommandId } from './door.ts';
import { DoorError, SessionLostError, UnreachableError } from './door-error.ts';
import { type LaunchFragment, readLaunchFragment } from './launch-fragment.ts';
import { keepSessionToken, session, sessionToken } from './session-state.ts';

/** Exchanges the address's launch token for a session, or goes on with the one this tab has. */
export async function openSession(): Promise<void> {
  const fragment = readLaunchFragment(location.hash);
  if (!fragment) {
    session.set(sessionToken() ? { status: 'open', demo: false } : { status: 'lost', reason: 'none' });
    return;
  }
  // Gone before anything else happens: neither the history nor a bookmark keeps the token.
  history.replaceState(null, '', `${location.pathname}${location.search}`);
  await exchange(fragment);
}

async function exchange(fragment: LaunchFragment): Promise<void> {
  const { token, station, demo } = fragment;
  const commandId = newCommandId();
  for (let attempt = 0; ; attempt += 1) {
    try {
      const input = { launchToken: token, ...(station ? { station } : {}) };
      const { sessionToken: received } = await callDoor('stations.open-session', input, { commandId });
      keepSessionToken(received);
      session.set({ status: 'open', demo });
      return;
    } catch (error) {
      if (!(error instanceof UnreachableError)) return refuse(error, demo);
      await pause(delayBefore(attempt));
    }
  }
}

/** A used or old address does not end a session that this tab has already, say after going back in the history. */
function refuse(error: unknown, demo: boolean): void {
  if (!(error instanceof DoorError || error instanceof SessionLostError)) throw error;
  session.set(sessionToken() ? { status: 'open', demo } : { status: 'lost', reason: 'refused' });
}
