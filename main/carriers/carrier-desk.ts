import type { Carrier, CarrierConnector } from './carrier.ts';

/** An account as it is opened: secrets unsealed among `config`. */
export interface OpenableAccount {
  readonly id: string;
  readonly version: number;
  readonly connector: string;
  readonly config: Readonly<Record<string, string>>;
}

/** Every connector of the product; put together once, in `app`. */
export interface CarrierDesk {
  readonly connectors: readonly CarrierConnector[];
  find(connector: string): CarrierConnector | undefined;
  /**
   * The client of an account. The same one as before while its version is the same, so that tokens and the pace of its
   * requests are kept. Errors: `rule` `carrier.unknown-connector`, `validation` `carrier.bad-config`.
   */
  open(account: OpenableAccount): Carrier;
}
