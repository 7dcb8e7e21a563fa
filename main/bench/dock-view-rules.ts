import type { BenchView, Expected } from '../../shared/contract/bench.ts';
import type { Scene } from './bench-rules.ts';
import { type Pending, pendingOf } from './pending-rules.ts';
import type { SceneDock } from './scene-dock-store.ts';

export type DockPending = Extract<Pending, { kind: 'dock' }>;

/** The dock needs no order: the bench is busy with parcels that are done. */
export function isAtDock(scene: Scene): boolean {
  return scene.bench.mode === 'dock';
}

/** What the dock remembers between two scans. */
export function dockPending(scene: Scene): DockPending {
  const pending = pendingOf(scene.bench);
  return pending?.kind === 'dock' ? pending : { kind: 'dock', manifestId: null, asks: null };
}

/** The part of the view that only the dock fills. */
export function dockView(scene: Scene, dock: SceneDock | undefined): BenchView['dock'] {
  if (!isAtDock(scene) || !dock) return null;
  return { carriers: [...dock.carriers], last: dock.last, manifest: dock.manifest, asks: dockPending(scene).asks };
}

/** Labels that may be scanned out, as a scanner sends them. */
export function dockLabels(dock: SceneDock | undefined): Expected[] {
  return (dock?.waiting ?? []).map(({ scanText, trackingNumber, own }) => ({
    kind: 'label',
    text: own ? `]C100${scanText}` : scanText || trackingNumber,
    title: trackingNumber,
  }));
}

/** Payloads of the cards that do something now. */
export function dockCards(scene: Scene): string[] {
  const { asks } = dockPending(scene);
  return [...(asks ? ['YES', 'NO'] : []), 'HAND-OVER', 'UNDO', 'CANCEL'];
}
