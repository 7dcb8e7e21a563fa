import type { ReactNode } from 'react';
import { QueryGate } from '../../ui/query-gate.tsx';
import { IdleScreen } from './idle-screen.tsx';
import { useBench } from './use-bench.ts';
import { WorkScreen } from './work-screen.tsx';

/** The bench: the queue while nothing is open, else what is in hand. */
export function BenchScreen(): ReactNode {
  const { query, shown } = useBench();
  return (
    <QueryGate query={query}>
      {(view) =>
        view.step === 'choose' || view.mode === 'sign-in' ? (
          <IdleScreen view={view} verdict={shown?.verdict} help={shown?.help ?? false} />
        ) : (
          <WorkScreen view={view} verdict={shown?.verdict} help={shown?.help ?? false} />
        )
      }
    </QueryGate>
  );
}
