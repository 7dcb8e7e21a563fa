import { notifyManager, QueryClient } from '@tanstack/react-query';
import { delayBefore } from './back-off.ts';
import { UnreachableError } from './door-error.ts';

// A scan's view and its verdict come one after the other: told in the same turn, they are drawn once.
notifyManager.setScheduler(queueMicrotask);

/** Answers are kept until an event says that they changed; nothing is fetched on a timer. */
export function createStationQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The station is on this machine: the browser's idea of being online says nothing about it.
        networkMode: 'always',
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (_failures, error) => error instanceof UnreachableError,
        retryDelay: delayBefore,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
