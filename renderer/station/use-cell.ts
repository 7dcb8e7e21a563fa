import { useSyncExternalStore } from 'react';
import type { StateCell } from './state-cell.ts';

/** The present value of a cell; the component renders again when it changes. */
export function useCell<T>(cell: StateCell<T>): T {
  return useSyncExternalStore(cell.subscribe, cell.get);
}
