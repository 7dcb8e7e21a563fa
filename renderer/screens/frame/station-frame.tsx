import type { ReactNode } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { type Route, useRoute } from '../../ui/router.ts';
import { BenchScreen } from '../bench/bench-screen.tsx';
import { ScanStatus } from '../bench/scan-status.tsx';
import { useBench } from '../bench/use-bench.ts';
import { CarriersScreen } from '../carriers/carriers-screen.tsx';
import { CatalogueScreen } from '../catalogue/catalogue-screen.tsx';
import { DemoPanel } from '../demo/demo-panel.tsx';
import { DevicesScreen } from '../devices/devices-screen.tsx';
import { ImportsScreen } from '../imports/imports-screen.tsx';
import { OrderScreen } from '../order/order-screen.tsx';
import { OrdersScreen } from '../orders/orders-screen.tsx';
import { ScannerSetupScreen } from '../scanner-setup/scanner-setup-screen.tsx';
import { SettingsScreen } from '../settings/settings-screen.tsx';
import { ShippingScreen } from '../shipping/shipping-screen.tsx';
import { ShopsScreen } from '../shops/shops-screen.tsx';
import { SignInScreen } from '../sign-in/sign-in-screen.tsx';
import { StationsScreen } from '../stations/stations-screen.tsx';
import { StockScreen } from '../stock/stock-screen.tsx';
import { ThroughputScreen } from '../throughput/throughput-screen.tsx';
import { DeviceChips } from './device-chips.tsx';
import { Header } from './header.tsx';
import classes from './station-frame.module.css';

type Session = CallOutput<'stations.session-view'>;

function Screen({ route, here }: { route: Route; here: Session }): ReactNode {
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
    case 'devices':
      return <DevicesScreen here={here} />;
    case 'scanner-setup':
      return <ScannerSetupScreen />;
    case 'settings':
      return <SettingsScreen />;
    case 'shipping':
      return <ShippingScreen here={here} />;
    case 'carriers':
      return <CarriersScreen here={here} />;
    case 'shops':
      return <ShopsScreen here={here} />;
    case 'throughput':
      return <ThroughputScreen />;
  }
}

/** Header, the state of scans, the screen, in a demo the devices beside it, and the real ones under it. */
export function StationFrame({ here }: { here: Session }): ReactNode {
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
          {signedOut ? <SignInScreen session={here} view={view} /> : <Screen route={route} here={here} />}
        </main>
        {here.demo && view && (signedOut || route.screen === 'bench') && <DemoPanel view={view} />}
      </div>
      <DeviceChips stationId={here.station.id} signedIn={!signedOut} />
    </div>
  );
}
