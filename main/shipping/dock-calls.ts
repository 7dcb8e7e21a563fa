import type { Handlers } from '../../shared/contract/handlers.ts';
import { listManifests, readDock } from './dock-views.ts';
import { closeManifestOf, type Deps, handOverManifest, openManifestAgain } from './manifest-service.ts';

type Names =
  | 'shipping.dock-view'
  | 'shipping.close-manifest'
  | 'shipping.hand-over'
  | 'shipping.reopen-manifest'
  | 'shipping.manifests-view';

/** The dock: what waits for which carrier, manifests, hand-over. */
export function dockCalls(deps: Deps): Handlers<Names> {
  return {
    'shipping.dock-view': () => readDock(deps.database, deps.clock().toISOString()),
    'shipping.close-manifest': async (actor, { accountId }) => {
      const { manifestId } = await closeManifestOf(deps, actor, accountId);
      return { manifestId };
    },
    'shipping.hand-over': (actor, { manifestId }) => handOverManifest(deps, actor, manifestId),
    'shipping.reopen-manifest': async (actor, { manifestId }) => {
      await openManifestAgain(deps, actor, manifestId);
      return {};
    },
    'shipping.manifests-view': async (_actor, { limit }) => ({ manifests: await listManifests(deps.database, limit) }),
  };
}
