import type { ReactNode } from 'react';
import { QueryGate } from '../../ui/query-gate.tsx';
import { IdleScreen } from './idle-screen.tsx';
import { useBench } from './use-bench.ts';
import { WorkScreen } from './work-screen.tsx';

/** The bench: the queue while nothing is open, else the order in hand. */
export function BenchScreen(): ReactNode {
  const { query, shown } = useBench();
  return (
    <QueryGate query={query}>
      {(view) =>
        view.mode === 'pick' || view.mode === 'pack' ? (
          <WorkScreen view={view} verdict={shown?.verdict} help={shown?.help ?? false} />
        ) : (
          <IdleScreen view={view} verdict={shown?.verdict} />
        )
      }
    </QueryGate>
  );
}
