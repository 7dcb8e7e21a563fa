import { type ReactNode, useState } from 'react';
import type { CallOutput } from '../shared/contract/index.ts';
import { useScans } from './scan/use-scans.ts';
import { useBench } from './screens/bench/use-bench.ts';
import { useVerdictSound } from './screens/bench/use-verdict-sound.ts';
import { FirstStartScreen } from './screens/first-start/first-start-screen.tsx';
import { LostScreen } from './screens/frame/lost-screen.tsx';
import { StationFrame } from './screens/frame/station-frame.tsx';
import { useLanguage } from './screens/frame/use-language.ts';
import { useTheme } from './screens/frame/use-theme.ts';
import { session } from './station/session-state.ts';
import { useCell } from './station/use-cell.ts';
import { useLiveQueries } from './station/use-events.ts';
import { useStationQuery } from './station/use-query.ts';
import { QueryGate } from './ui/query-gate.tsx';

/** The page: a session first, then an empty station's question, then the station itself. */
export function App(): ReactNode {
  const state = useCell(session);
  switch (state.status) {
    case 'opening':
      return null;
    case 'lost':
      return <LostScreen reason={state.reason} />;
    case 'open':
      return <OpenStation demo={state.demo} />;
  }
}

function OpenStation({ demo }: { demo: boolean }): ReactNode {
  useLiveQueries();
  const query = useStationQuery('stations.session-view', {});
  return <QueryGate query={query}>{(data) => <Station here={data} demo={demo} />}</QueryGate>;
}

function Station({ here, demo }: { here: CallOutput<'stations.session-view'>; demo: boolean }): ReactNode {
  // Stays open while the merchant brings in one file after the other: the first of them ends `empty`.
  const [starting, setStarting] = useState(here.empty);
  const { shown, view } = useBench();
  useScans(here.station.id);
  useVerdictSound(shown, here.station.name);
  useLanguage(view?.operator?.language ?? view?.locked?.language ?? here.operator?.language);
  useTheme(here.operator?.theme);
  if (starting) return <FirstStartScreen demo={demo} onDone={() => setStarting(false)} />;
  return <StationFrame here={here} />;
}
