import type { CallName, EventName } from '../../shared/contract/index.ts';

const orderQueries: readonly CallName[] = ['orders.list-view', 'orders.order-view', 'bench.view'];

/** Which answers an event makes old. Readings and progress carry their values and make none old. */
export const staleAfter: { readonly [E in EventName]: readonly CallName[] } = {
  'bench.changed': ['bench.view', 'stations.stations-view', 'stations.session-view'],
  'orders.changed': [...orderQueries, 'orders.import-runs-view', 'stations.session-view'],
  'shipping.label-changed': ['bench.view', 'orders.order-view', 'shipping.prints-view'],
  'shipping.printed': ['shipping.prints-view', 'orders.order-view'],
  'stations.session-changed': ['stations.session-view', 'bench.view', 'stations.stations-view'],
  'stations.settings-changed': ['stations.settings-view', 'stations.session-view'],
  'stations.scale-reading': [],
  'stations.progress': [],
  'stock.changed': ['stock.items-view', 'stock.levels-view', 'stations.session-view'],
};
