import type { DrawSimulatedLabel } from '../../carriers/carrier-simulator.ts';
import type { BookOrder } from '../channel-order-book.ts';
import type { PlatformRoute } from '../channel-simulator.ts';
import { fault, ok } from './simulated-door.ts';
import { ownPackage, type TiktokBook } from './simulated-orders.ts';

/** The label of a package that TikTok ships: its address is handed out once the package is shipped, and soon ends. */
export function labelRoute({ book }: TiktokBook): PlatformRoute {
  return {
    method: 'GET',
    path: /^\/fulfillment\/202309\/packages\/(\d+)\/shipping_documents$/,
    answer: ({ url, params }) => {
      const order = labelled(book.all(), params[0]);
      if (!order) return fault(21_011_001, 'Package not found.');
      const tracking = order.packages[0]?.tracking;
      if (!tracking) return fault(21_011_012, 'The label is not ready.');
      return ok({ doc_url: `${url.origin}/files/${params[0]}`, tracking_number: tracking });
    },
  };
}

/** The file itself: its address asks for no signature. */
export function labelFileRoute({ book }: TiktokBook, draw: DrawSimulatedLabel | undefined): PlatformRoute {
  return {
    method: 'GET',
    path: /^\/files\/(\d+)$/,
    async answer({ params }) {
      const order = labelled(book.all(), params[0]);
      const tracking = order?.packages[0]?.tracking;
      if (!order || !tracking || !draw) return { status: 404, body: '' };
      const { name, street1, postcode, city, country } = order.address;
      const body = await draw({
        carrier: 'UPS',
        service: 'Standard',
        from: { name: 'Played shop', street1: '1 Sample Street', postcode: '75011', city: 'Paris', country: 'FR' },
        to: { name, street1, postcode, city, country },
        trackingNumber: tracking,
        symbols: [{ kind: 'code128', text: tracking }],
        media: '4x6',
        dpi: 203,
        file: 'pdf',
      });
      return { headers: { 'content-type': 'application/pdf' }, body };
    },
  };
}

const labelled = (orders: readonly BookOrder[], packageId: string | undefined): BookOrder | undefined =>
  orders.find((order) => order.labelMode === 'platform' && ownPackage(order) === packageId);
