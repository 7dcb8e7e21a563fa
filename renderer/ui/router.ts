import { useSyncExternalStore } from 'react';
import type { Role } from '../../shared/model/roles.ts';

export const screenNames = [
  'bench',
  'throughput',
  'orders',
  'shipping',
  'stock',
  'catalogue',
  'imports',
  'stations',
  'devices',
  'settings',
] as const;
/** Reached from another screen and by their address; not in the way between screens. */
export const innerScreens = ['scanner-setup', 'carriers', 'shops'] as const;
export type ScreenName = (typeof screenNames)[number] | (typeof innerScreens)[number];

/** Screens whose way is shown only to those who may read them. */
export const screenNeeds: { readonly [S in ScreenName]?: Role } = {
  throughput: 'supervisor',
  carriers: 'supervisor',
  shops: 'supervisor',
};

export interface Route {
  readonly screen: ScreenName;
  /** Order id on the screen of one order. */
  readonly id?: string;
}

/** Reads `#/orders/ID`; anything unknown is the bench. */
export function parseRoute(hash: string): Route {
  const [name = '', id] = hash.replace(/^#\/?/, '').split('/');
  const screen = [...screenNames, ...innerScreens].find((known) => known === name) ?? 'bench';
  return id && screen === 'orders' ? { screen, id: decodeURIComponent(id) } : { screen };
}

/** The fragment that shows a screen: fragments work on any server and in the desktop shell alike. */
export function routeHref({ screen, id }: Route): string {
  return id === undefined ? `#/${screen}` : `#/${screen}/${encodeURIComponent(id)}`;
}

export function goTo(route: Route): void {
  if (location.hash !== routeHref(route)) location.hash = routeHref(route);
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/** The screen that the address asks for. */
export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, () => location.hash));
}
