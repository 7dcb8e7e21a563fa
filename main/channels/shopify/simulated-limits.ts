import { randomBytes } from 'node:crypto';
import type { PlatformReply } from '../channel-simulator.ts';

/** With this the played shop is connected. */
export const ACCOUNT = {
  shop: 'packwright-demo',
  clientId: 'f00dcafe0001',
  clientSecret: 'shpss_played-platform',
} as const;

/** Of an app that was made in the shop itself, before that ended. */
export const LASTING_TOKEN = 'shpat_of-an-older-app';

interface TokenOptions {
  readonly clock: () => Date;
  readonly tokenSeconds?: number;
}

const reply = (value: unknown, status = 200): PlatformReply => ({ status, body: JSON.stringify(value) });

/** Gives tokens for id and secret, each for its time. */
export function tokenDesk({ clock, tokenSeconds = 86_399 }: TokenOptions): {
  give(rawBody: string): PlatformReply;
  isGood(token: string | null): boolean;
} {
  const until = new Map<string, number>();
  return {
    give(rawBody) {
      const form = new URLSearchParams(rawBody);
      const isOurs = form.get('client_id') === ACCOUNT.clientId && form.get('client_secret') === ACCOUNT.clientSecret;
      if (!isOurs) return reply({ error: 'application_cannot_be_found' }, 400);
      if (form.get('grant_type') !== 'client_credentials') return reply({ error: 'unsupported_grant_type' }, 400);
      const token = `shpat_${randomBytes(16).toString('hex')}`;
      until.set(token, clock().getTime() + tokenSeconds * 1_000);
      return reply({ access_token: token, expires_in: tokenSeconds });
    },
    isGood: (token) => token === LASTING_TOKEN || (until.get(token ?? '') ?? 0) > clock().getTime(),
  };
}

export interface Points {
  status(): { maximumAvailable: number; currentlyAvailable: number; restoreRate: number };
  /** Takes points, or tells that there are too few. */
  take(points: number): boolean;
  give(points: number): void;
}

/** Leaks in true time: whoever waits waits in true time. */
export function pointsDesk({ maximum, restore }: { readonly maximum: number; readonly restore: number }): Points {
  let [left, at] = [maximum, performance.now()];
  const refill = (): void => {
    const now = performance.now();
    left = Math.min(maximum, left + ((now - at) / 1_000) * restore);
    at = now;
  };
  return {
    status() {
      refill();
      return { maximumAvailable: maximum, currentlyAvailable: Math.floor(left), restoreRate: restore };
    },
    take(points) {
      refill();
      if (points > left) return false;
      left -= points;
      return true;
    },
    give(points) {
      left = Math.min(maximum, left + Math.max(points, 0));
    },
  };
}
