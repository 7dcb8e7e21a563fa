import type { RefusalKind } from './verdict-look.ts';

/** Every refusal of the bench under the kind that gives it its colour, icon and sound. */
const codesOf: { readonly [K in Exclude<RefusalKind, 'unreadable'>]: readonly string[] } = {
  'wrong-item': ['pick.wrong-item', 'pack.wrong-item', 'substitute.scan-it', 'substitute.not-wanted'],
  'wrong-order': ['pack.wrong-order'],
  'wrong-place': [
    'pick.wrong-location',
    'pick.tote-taken',
    'pick.tote-elsewhere',
    'pick.wrong-tote',
    'pack.wrong-tote',
    'count.wrong-bin',
    'label.wrong-label',
  ],
  'wrong-lot': [
    'pack.wrong-lot',
    'pack.lot-blocked',
    'pack.lot-needed',
    'pack.serial-used',
    'pack.serial-needed',
    'pack.expiry-needed',
  ],
  'too-many': ['pick.too-many', 'pack.too-many', 'pack.already-packed', 'count.too-many', 'put-back.too-many'],
  unknown: [
    'scan.unknown-code',
    'scan.unknown-command',
    'badge.unknown',
    'order.unknown',
    'tote.unknown',
    'location.unknown',
  ],
  'dead-label': ['label.dead'],
  expired: ['pack.expired', 'pack.near-expiry'],
  weight: ['weigh.out-of-tolerance', 'weigh.unstable', 'weigh.no-scale'],
  stopped: [
    'order.on-hold',
    'order.cancelled',
    'order.taken-over',
    'order.claimed-elsewhere',
    'order.not-ready',
    'pick.walk-taken-over',
    'count.changed-meanwhile',
    'count.done-elsewhere',
    'put-back.reserved-since',
    'substitute.gone',
    'bench.locked',
    'pin.blocked',
  ],
  refused: [
    'badge.needed',
    'command.not-here',
    'count.bin-first',
    'count.nothing-to-undo',
    'label.not-ready',
    'label.scan-needed',
    'order.scan-first',
    'override.badge-needed',
    'override.not-allowed',
    'override.nothing',
    'pack.nothing-to-undo',
    'pick.hand-empty',
    'pick.location-first',
    'pick.nothing-left',
    'pick.put-first',
    'pick.tote-needed',
    'pin.wrong',
    'put-back.bin-first',
    'put-back.item-first',
    'put-back.nothing-to-undo',
    'reason.needed',
    'reason.other-needed',
    'substitute.none',
    'tote.empty',
  ],
};

function* rows(): Generator<[code: string, kind: RefusalKind]> {
  for (const [kind, codes] of Object.entries(codesOf)) {
    // Object.entries loses the key type; the table above is closed, so its keys are kinds.
    for (const code of codes) yield [code, kind as RefusalKind];
  }
}

/** The kind of each refusal; codes of the scan rules themselves are told by their prefix instead. */
export const refusalKinds: Readonly<Record<string, RefusalKind>> = Object.fromEntries(rows());
