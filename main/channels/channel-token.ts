/** What a platform gave for signing in; instants are ISO-8601 UTC, null where the platform names none. */
export interface StoredTokens {
  readonly accessToken: string;
  readonly accessUntil: string | null;
  /** Rotates on some platforms: the one that was used is worth nothing afterwards. */
  readonly refreshToken: string | null;
  readonly refreshUntil: string | null;
}

/** Where the tokens of one shop lie, sealed, for every bench of the database. */
export interface TokenBox {
  read(): Promise<StoredTokens | null>;
  /**
   * One renewal at a time over all benches: `ask` is called with what is stored unless somebody renewed meanwhile, and what
   * it returns is stored before anybody uses it.
   */
  renew(stale: StoredTokens | null, ask: (stored: StoredTokens | null) => Promise<StoredTokens>): Promise<StoredTokens>;
}

/** A token is renewed so long before it ends. */
const EARLY_MS = 120_000;

export interface Signer {
  /** A token that is good for two more minutes at least. */
  current(): Promise<string>;
  /** The platform refused this token although it should be good: another one. */
  after(refused: string): Promise<string>;
}

/** Tokens of a shop as a client needs them. `ask` speaks to the platform; it gets the refresh token that is stored. */
export function signer(
  box: TokenBox,
  clock: () => Date,
  ask: (stored: StoredTokens | null) => Promise<StoredTokens>,
): Signer {
  const isGood = ({ accessUntil }: StoredTokens): boolean =>
    accessUntil === null || Date.parse(accessUntil) - EARLY_MS > clock().getTime();
  return {
    async current() {
      const stored = await box.read();
      return stored && isGood(stored) ? stored.accessToken : (await box.renew(stored, ask)).accessToken;
    },
    async after(refused) {
      const stored = await box.read();
      if (stored && stored.accessToken !== refused && isGood(stored)) return stored.accessToken;
      return (await box.renew(stored, ask)).accessToken;
    },
  };
}
