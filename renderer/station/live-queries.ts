import type { CallName, EventName } from '../../shared/contract/index.ts';

const orderQueries: readonly CallName[] = ['orders.list-view', 'orders.order-view', 'bench.view'];

const shopQueries: readonly CallName[] = [
  'shops.list-view',
  'shops.quarantine-view',
  'shops.messages-view',
  'shops.attribution-view',
];

/** Which answers an event makes old. Readings and progress carry their values and make none old. */
export const staleAfter: { readonly [E in EventName]: readonly CallName[] } = {
  'bench.changed': ['bench.view', 'stations.stations-view', 'stations.session-view'],
  'devices.changed': ['devices.devices-view', 'stations.scale-view'],
  'devices.scanned': [],
  'orders.changed': [...orderQueries, 'orders.import-runs-view', 'stations.session-view', 'stock.floor-tasks-view'],
  'packing.cartons-changed': ['packing.cartons-view'],
  'shipping.label-changed': [
    'bench.view',
    'orders.order-view',
    'printing.jobs-view',
    'shipping.dock-view',
    'shipping.problems-view',
    'returns.list-view',
  ],
  'shipping.accounts-changed': ['shipping.accounts-view', 'shipping.rules-view', 'shipping.dock-view'],
  'shipping.dock-changed': ['shipping.dock-view', 'shipping.manifests-view', 'orders.order-view', 'bench.view'],
  'shipping.tracking-changed': ['orders.order-view', 'shipping.problems-view', 'returns.list-view'],
  'returns.changed': ['returns.list-view', 'orders.order-view'],
  'invoicing.changed': ['invoicing.list-view', 'orders.order-view'],
  'printing.changed': ['printing.jobs-view', 'orders.order-view', 'devices.devices-view', 'bench.view'],
  'stations.session-changed': [
    'stations.session-view',
    'bench.view',
    'stations.stations-view',
    'stations.operators-view',
  ],
  'stations.settings-changed': ['stations.settings-view', 'stations.session-view'],
  'stations.scale-reading': [],
  'stations.progress': [],
  'shops.changed': [...shopQueries, ...orderQueries],
  'stock.changed': [
    'stock.items-view',
    'stock.levels-view',
    'stock.lots-view',
    'stock.floor-tasks-view',
    'stations.session-view',
  ],
};
