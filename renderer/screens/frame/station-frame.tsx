import type { ReactNode } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { type Route, useRoute } from '../../ui/router.ts';
import { BenchScreen } from '../bench/bench-screen.tsx';
import { ScanStatus } from '../bench/scan-status.tsx';
import { useBench } from '../bench/use-bench.ts';
import { CatalogueScreen } from '../catalogue/catalogue-screen.tsx';
import { DemoPanel } from '../demo/demo-panel.tsx';
import { ImportsScreen } from '../imports/imports-screen.tsx';
import { OrderScreen } from '../order/order-screen.tsx';
import { OrdersScreen } from '../orders/orders-screen.tsx';
import { SettingsScreen } from '../settings/settings-screen.tsx';
import { SignInScreen } from '../sign-in/sign-in-screen.tsx';
import { StationsScreen } from '../stations/stations-screen.tsx';
import { StockScreen } from '../stock/stock-screen.tsx';
import { ThroughputScreen } from '../throughput/throughput-screen.tsx';
import { Header } from './header.tsx';
import classes from './station-frame.module.css';

function Screen({ route }: { route: Route }): ReactNode {
  switch (route.screen) {
    case 'bench':
      return <BenchScreen />;
    case 'orders':
      return route.id === undefined ? <OrdersScreen /> : <OrderScreen id={route.id} />;
    case 'stock':
      return <StockScreen />;
    case 'catalogue':
      return <CatalogueScreen />;
    case 'imports':
      return <ImportsScreen />;
    case 'stations':
      return <StationsScreen />;
    case 'settings':
      return <SettingsScreen />;
    case 'throughput':
      return <ThroughputScreen />;
  }
}

/** Header, the state of scans, the screen, and in a demo the devices beside it. */
export function StationFrame({ here }: { here: CallOutput<'stations.session-view'> }): ReactNode {
  const route = useRoute();
  const { view } = useBench();
  const signedOut = view ? view.operator === null : here.operator === null;
  return (
    <div className={classes.frame}>
      {signedOut ? <span /> : <Header screen={route.screen} view={view} />}
      <div>
        <ScanStatus />
      </div>
      <div className={classes.body}>
        <main className={classes.main}>
          {signedOut ? <SignInScreen session={here} view={view} /> : <Screen route={route} />}
        </main>
        {here.demo && view && (signedOut || route.screen === 'bench') && <DemoPanel view={view} />}
      </div>
    </div>
  );
}
