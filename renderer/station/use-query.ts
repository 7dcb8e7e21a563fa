import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { CallInput, CallName, CallOutput } from '../../shared/contract/index.ts';
import { callDoor } from './door.ts';

export type StationQuery<N extends CallName> = UseQueryResult<CallOutput<N>>;

export interface QueryOptions {
  /** Keeps showing the page before while the next one is fetched. */
  readonly keepPrevious?: boolean;
  readonly enabled?: boolean;
}

/** The key under which an answer is kept; events name calls, so the call comes first. */
export function queryKey<N extends CallName>(name: N, input: CallInput<N>): readonly [N, CallInput<N>] {
  return [name, input];
}

/** Asks the station and asks again whenever an event says that the answer changed. */
export function useStationQuery<N extends CallName>(
  name: N,
  input: CallInput<N>,
  options: QueryOptions = {},
): StationQuery<N> {
  return useQuery<CallOutput<N>>({
    queryKey: queryKey(name, input),
    queryFn: ({ signal }) => callDoor(name, input, { signal }),
    enabled: options.enabled ?? true,
    ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
  });
}
