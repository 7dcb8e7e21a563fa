import { type EventName, type EventPayload, events } from '../../shared/contract/index.ts';
import { delayBefore, pause } from './back-off.ts';
import { reachable } from './connection.ts';
import { callDoor, newCommandId } from './door.ts';
import { SessionLostError } from './door-error.ts';
import { session } from './session-state.ts';

type Listener<E extends EventName> = (payload: EventPayload<E>) => void;

// Object.keys loses the key type; `events` is closed, so its keys are the names.
const eventNames = Object.keys(events) as EventName[];
const listeners = new Map<EventName, Set<(payload: never) => void>>();
const gapListeners = new Set<() => void>();

/** Hears one kind of event until the returned function is called. */
export function onStationEvent<E extends EventName>(name: E, listener: Listener<E>): () => void {
  const known = listeners.get(name) ?? new Set();
  listeners.set(name, known);
  known.add(listener);
  return () => known.delete(listener);
}

/** Hears that events may have been missed: everything on the screen must be asked for again. */
export function onEventGap(listener: () => void): () => void {
  gapListeners.add(listener);
  return () => gapListeners.delete(listener);
}

function publish(name: EventName, data: string): void {
  const payload = events[name].safeParse(JSON.parse(data));
  if (!payload.success) return;
  // The schema of `name` has just made this the payload that listeners of `name` take.
  for (const listener of listeners.get(name) ?? []) (listener as (value: unknown) => void)(payload.data);
}

function tellGap(): void {
  for (const listener of gapListeners) listener();
}

/** Keeps the event stream open for as long as the session lives; returns a function that closes it. */
export function keepEventStream(): () => void {
  const state = { closed: false, lastId: '', source: undefined as EventSource | undefined };
  void runStream(state);
  return () => {
    state.closed = true;
    state.source?.close();
  };
}

interface StreamState {
  closed: boolean;
  lastId: string;
  source: EventSource | undefined;
}

async function runStream(state: StreamState): Promise<void> {
  for (let attempt = 0, opened = 0; !state.closed && session.get().status === 'open'; ) {
    try {
      const { ticket } = await callDoor('stations.open-events', {}, { commandId: newCommandId() });
      if (state.closed) return;
      const wasOpen = await readUntilBroken(state, ticket, () => {
        reachable.set(true);
        // The first opening misses nothing only if nothing was fetched before it: ask again either way.
        if (opened > 0) tellGap();
        opened += 1;
      });
      attempt = wasOpen ? 0 : attempt + 1;
    } catch (error) {
      if (error instanceof SessionLostError) return;
      attempt += 1;
    }
    await pause(delayBefore(attempt));
  }
}

/** Resolves when the connection breaks; true if it had been open. A ticket opens once, so it never reconnects. */
function readUntilBroken(state: StreamState, ticket: string, onOpen: () => void): Promise<boolean> {
  const query = new URLSearchParams({ ticket, ...(state.lastId ? { last: state.lastId } : {}) });
  const source = new EventSource(`/api/events?${query}`);
  state.source = source;
  return new Promise((resolve) => {
    let wasOpen = false;
    source.onopen = () => {
      wasOpen = true;
      onOpen();
    };
    source.onerror = () => {
      source.close();
      if (!state.closed && wasOpen) reachable.set(false);
      resolve(wasOpen);
    };
    for (const name of eventNames) source.addEventListener(name, (event) => take(state, name, event));
    source.addEventListener('gap', tellGap);
  });
}

function take(state: StreamState, name: EventName, event: MessageEvent): void {
  if (event.lastEventId) state.lastId = event.lastEventId;
  publish(name, String(event.data));
}
