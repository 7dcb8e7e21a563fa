import { AppError } from '../../shared/errors.ts';

export interface Token {
  readonly text: string;
  /** How long it holds from when it was given. */
  readonly seconds: number;
}

/** The token of one account: asked for when it is needed, shared by all callers, renewed before it ends. */
export interface AccountToken {
  /** A new one, whatever there is: proves the credentials. */
  renew(): Promise<string>;
  /**
   * Asks with the token. Where it is refused though it should hold (taken back early), asks once more with a new one: a
   * request that was refused so did nothing.
   */
  during<T>(ask: (token: string) => Promise<T>): Promise<T>;
}

/** A token is renewed a minute before it ends. */
const EARLY_MS = 60_000;

/** Callers that need a token at the same time share one request for it. `fetchToken` throws what `Carrier` throws. */
export function accountToken(clock: () => Date, fetchToken: () => Promise<Token>): AccountToken {
  let token: { readonly text: string; readonly until: number } | undefined;
  let asking: Promise<string> | undefined;
  const fresh = async (): Promise<string> => {
    const { text, seconds } = await fetchToken();
    token = { text, until: clock().getTime() + seconds * 1_000 - EARLY_MS };
    return text;
  };
  const renew = (): Promise<string> => {
    asking ??= fresh().finally(() => {
      asking = undefined;
    });
    return asking;
  };
  return {
    renew,
    async during(ask) {
      const held = token && token.until > clock().getTime() ? token.text : undefined;
      try {
        return await ask(held ?? (await renew()));
      } catch (error) {
        const refused = error instanceof AppError && error.code === 'carrier.sign-in-refused';
        if (!refused || held === undefined) throw error;
        if (token?.text === held) token = undefined;
        return ask(token?.text ?? (await renew()));
      }
    },
  };
}
