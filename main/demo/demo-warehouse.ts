import type { ImportedItem, ImportedLevel, ImportedOrder } from '../../shared/model/imported.ts';
import type { Role } from '../../shared/model/roles.ts';
import { fillBins } from './bins.ts';
import { buildCatalogue } from './catalogue.ts';
import { inventOrders } from './orders.ts';
import { createRandom, type Random } from './random.ts';

/** Somebody who works in the demo; `badge` is the payload of the badge's code. */
export interface DemoOperator {
  readonly name: string;
  readonly role: Role;
  readonly badge: string;
  readonly language: 'en' | 'fr';
}

/** A whole invented warehouse; nothing and nobody in it exists. */
export interface Demo {
  readonly items: ImportedItem[];
  readonly levels: ImportedLevel[];
  /** Payloads of the totes' codes. */
  readonly totes: string[];
  readonly orders: ImportedOrder[];
  readonly operators: DemoOperator[];
}

export interface DemoOptions {
  readonly seed: number;
  /** Instant that the orders lead up to, ISO-8601 UTC. */
  readonly now: string;
  /** 300 unless told. */
  readonly orders?: number;
}

const STAFF: readonly (readonly [name: string, role: Role, language: 'en' | 'fr'])[] = [
  ['Inès Modèle', 'packer', 'fr'],
  ['Théo Exemple', 'packer', 'fr'],
  ['Olivia Sample', 'packer', 'en'],
  ['Rhys Placeholder', 'packer', 'en'],
  ['Käthe Muster', 'supervisor', 'en'],
  ['Noël Prototype', 'admin', 'fr'],
];
const TOTES = 40;
const BADGE_CHARACTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The demo warehouse: 200 items with drawn pictures, 60 bins, 40 totes, orders over all channels and six people.
 *
 * The same seed and instant give the same warehouse. Stock fits these orders: most can be allocated, a few cannot.
 */
export function buildDemo({ seed, now, orders: count = 300 }: DemoOptions): Demo {
  const random = createRandom(seed);
  const catalogue = buildCatalogue();
  const orders = inventOrders({ random, catalogue, now }, count);
  return {
    items: catalogue.map(({ item }) => item),
    levels: fillBins(catalogue, orders, random),
    totes: Array.from({ length: TOTES }, (_, index) => `T${String(index + 1).padStart(2, '0')}`),
    orders,
    operators: STAFF.map(([name, role, language]) => ({ name, role, badge: inventBadge(random), language })),
  };
}

function inventBadge(random: Random): string {
  return Array.from({ length: 8 }, () => BADGE_CHARACTERS[random.whole(0, BADGE_CHARACTERS.length - 1)]).join('');
}
