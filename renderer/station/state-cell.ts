/** A value that outlives components and tells when it changes; React reads it with `useSyncExternalStore`. */
export interface StateCell<T> {
  get(): T;
  set(next: T): void;
  subscribe(listener: () => void): () => void;
}

/** Makes a cell; setting the value it has already tells nobody. */
export function createStateCell<T>(initial: T): StateCell<T> {
  const listeners = new Set<() => void>();
  let value = initial;
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
