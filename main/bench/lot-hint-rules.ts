import { type ExpiryRule, type KnownLot, lotToTake } from '../packing/lot-rules.ts';
import { currentLine, currentTask, type Scene } from './bench-rules.ts';
import { walkNow } from './run-scene-rules.ts';

/** The merchant's rule as it stands today. */
export function expiryRuleOf(scene: Pick<Scene, 'settings'>, today: string): ExpiryRule {
  return { today, minDays: scene.settings.expiryMinDays, rule: scene.settings.expiryRule };
}

/** The item whose lots the bench has to know now; undefined for goods that are kept by neither lot nor expiry. */
export function itemKeptByLot(scene: Scene): string | undefined {
  const line = scene.order && scene.bench.mode !== 'idle' ? currentLine(scene) : undefined;
  return line && (line.lotControlled || line.expiryControlled) ? (line.itemId ?? undefined) : undefined;
}

/** Lot that the hand should take: in the bin while picking, of the item while packing. */
export function hintOf(scene: Scene, lots: readonly KnownLot[], today: string): NonNullable<Scene['hint']> | null {
  const walk = scene.bench.mode === 'batch' && scene.run ? walkNow(scene.run, scene.bench)[0] : undefined;
  const bin = scene.bench.mode === 'pick' ? currentTask(scene)?.location : walk?.location;
  return lotToTake(lots, expiryRuleOf(scene, today), bin);
}
