import { AppError } from '../../shared/errors.ts';
import type { Carrier, CarrierConnector } from '../carriers/carrier.ts';
import type { CarrierDesk } from '../carriers/carrier-desk.ts';
import { type CarrierHttp, pacedHttp } from '../carriers/carrier-http.ts';

/** Keeps one client an account: its tokens, and the pace that the carrier asks for. */
export function createCarrierDesk(
  connectors: readonly CarrierConnector[],
  deps: { readonly http: CarrierHttp; readonly clock: () => Date },
): CarrierDesk {
  const open = new Map<string, { readonly version: number; readonly carrier: Carrier }>();
  const find = (name: string): CarrierConnector | undefined => connectors.find((connector) => connector.name === name);
  return {
    connectors,
    find,
    open(account) {
      const known = open.get(account.id);
      if (known?.version === account.version) return known.carrier;
      const connector = find(account.connector);
      if (!connector) throw new AppError('rule', 'carrier.unknown-connector', { connector: account.connector });
      const http = pacedHttp(deps.http, connector.requestsPerMinute);
      const carrier = connector.open(account.config, { http, clock: deps.clock });
      open.set(account.id, { version: account.version, carrier });
      return carrier;
    },
  };
}
