import type { AcceptedScan } from '../../shared/barcode/scan-result.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { decideLot } from '../packing/lot-rules.ts';
import type { ScannedDetails } from '../packing/packing-rules.ts';
import type { Scene } from './bench-rules.ts';
import { expiryRuleOf, hintOf, itemKeptByLot } from './lot-hint-rules.ts';
import { bad, type ScanOutcome } from './scan-outcome.ts';
import { listKnownLots } from './scene-lots-store.ts';
import type { SceneLine } from './scene-store.ts';

/** What the lot of scanned goods means: a refusal, or a warning to go with the verdict. */
export interface LotVerdict {
  readonly refusal?: ScanOutcome;
  readonly warning?: string;
}

/**
 * Step: looks at lot and expiry of what was scanned; asks the stock only where the code tells a lot or an expiry, or the
 * item is kept by one.
 */
export async function checkLot(
  uow: UnitOfWork,
  scene: Pick<Scene, 'settings' | 'order'>,
  scanned: { line: SceneLine; details: ScannedDetails },
): Promise<LotVerdict> {
  const { line, details } = scanned;
  const { itemId } = line;
  const told = details.lot !== undefined || details.expiry !== undefined;
  if (!itemId || !(told || line.lotControlled || line.expiryControlled)) return {};
  const lots = await listKnownLots(uow.tx, itemId);
  const decision = decideLot(lots, details, expiryRuleOf(scene, uow.now.slice(0, 10)));
  const lot = details.lot ?? '';
  if (decision.outcome === 'refused') {
    const expected = decision.expected.join(', ');
    return { refusal: bad(decision.code, { expected, params: { sku: line.sku, lot, expected } }) };
  }
  if (!decision.warning) return {};
  uow.record({
    kind: 'unit.expires-soon',
    subject: scene.order?.id ?? '',
    data: { sku: line.sku, lot, expiry: decision.expiry },
  });
  return { warning: decision.warning };
}

/** What a code tells of the goods besides their number. */
export function toldBy(scan: AcceptedScan): ScannedDetails {
  return scan.kind === 'item' ? scan : {};
}

/**
 * Step: a lot that may not leave is refused at the bin already, where its code tells; undefined when it may be taken.
 *
 * A code that tells nothing is taken: what is missing is asked for when the goods are packed.
 */
export async function checkToldLot(
  uow: UnitOfWork,
  scene: Pick<Scene, 'settings' | 'order'>,
  scanned: { line: SceneLine | undefined; details: ScannedDetails },
): Promise<ScanOutcome | undefined> {
  const { line, details } = scanned;
  if (!line || (details.lot === undefined && details.expiry === undefined)) return undefined;
  return (await checkLot(uow, scene, { line, details })).refusal;
}

/** Step: the scene with the lot to take next; reads only for an item kept by lot or expiry. */
export async function withHint(uow: UnitOfWork, scene: Scene): Promise<Scene> {
  const itemId = itemKeptByLot(scene);
  if (!itemId) return scene.hint ? { ...scene, hint: null } : scene;
  return { ...scene, hint: hintOf(scene, await listKnownLots(uow.tx, itemId), uow.now.slice(0, 10)) };
}
