import { Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorNotice } from './error-notice.tsx';
import classes from './query-gate.module.css';
import { useMessages } from './use-messages.ts';

export interface QueryGateProps<T> {
  readonly query: UseQueryResult<T>;
  readonly children: (data: T) => ReactNode;
}

/** Grey shapes until the first answer, words with a button when it fails, the screen otherwise. */
export function QueryGate<T>({ query, children }: QueryGateProps<T>): ReactNode {
  const { t } = useMessages();
  const { data, error, refetch } = query;
  if (data !== undefined) return children(data);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  return (
    <div className={classes.waiting} role="status" aria-label={t('ui.loading')}>
      <Skeleton height={36} width="40%" />
      {['a', 'b', 'c', 'd', 'e', 'f'].map((row) => (
        <Skeleton key={row} height={48} />
      ))}
    </div>
  );
}
