import { expect } from 'vitest';
import type { Carrier } from '../../../../main/carriers/carrier.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { CarrierAbility } from '../../../../shared/model/carrier.ts';
import { type Check, can, expectWords } from './check-support.ts';
import { type ConnectorUnderTest, inWorld } from './connector-world.ts';
import { serveCarrier } from './served-carrier.ts';

const METHODS: Partial<Record<CarrierAbility, keyof Carrier>> = {
  rates: 'rates',
  buy: 'buy',
  find: 'find',
  void: 'void',
  tracking: 'track',
  manifest: 'manifest',
  'pickup-points': 'pickupPoints',
  'address-check': 'checkAddress',
};

/** Connecting an account: its form, its credentials, a service that is down. */
export function accountChecks(subject: ConnectorUnderTest): readonly Check[] {
  return [
    {
      title: 'does what its abilities say, and nothing beside',
      run: () =>
        inWorld(subject, async ({ carrier }) => {
          for (const [ability, method] of Object.entries(METHODS))
            expect([ability, carrier[method] !== undefined]).toEqual([
              ability,
              subject.connector.abilities.some((name) => name === ability),
            ]);
          if (can(subject, 'void')) expect(carrier.voidState).toBeDefined();
        }),
    },
    {
      title: 'names the fields that an account lacks',
      async run() {
        const { connector } = subject;
        expect(connector.fields.find(({ name }) => name === 'baseUrl')).toMatchObject({ kind: 'url' });
        const needed = connector.fields.filter((field) => field.required && field.default === undefined);
        expect(needed).not.toEqual([]);
        const http = (): never => {
          throw new Error('opening an account asks nobody');
        };
        const opened = (): unknown => connector.open({}, { http, clock: () => new Date(0) });
        expect(opened).toThrow(AppError);
        const fields = expect.arrayContaining(needed.map(({ name }) => name));
        expect(thrownBy(opened)).toMatchObject({
          kind: 'validation',
          code: 'carrier.bad-config',
          details: { fields },
        });
      },
    },
    {
      title: 'proves the credentials of an account, and refuses wrong ones in words',
      run: () =>
        inWorld(subject, async ({ carrier, open, simulated }) => {
          const { details } = await carrier.check();
          expect(details?.account).toMatch(/\S/);

          const stranger = open({ config: subject.wrongConfig });
          await expectRefused(() => stranger.check());
          await expectRefused(() => stranger.buy?.(subject.request(), null));
          expect(simulated.sold()).toEqual([]);
        }),
    },
    {
      title: 'says that nothing was sent when nobody listens',
      run: () =>
        inWorld(subject, async ({ open, served, simulated }) => {
          const gone = await serveCarrier(simulated);
          await gone.close();
          const nobody = open({ baseUrl: gone.baseUrl });
          await expect(nobody.check()).rejects.toMatchObject({ kind: 'remote', code: 'carrier.unreachable' });
          await expect(buy(nobody, subject)).rejects.toMatchObject({ code: 'carrier.unreachable' });
          expect(served.calls).toEqual([]);
        }),
    },
    {
      title: 'keeps apart a service that is down, one under maintenance and one that speaks nonsense',
      run: () =>
        inWorld(subject, async ({ carrier, served }) => {
          served.answerWith(500, 'Internal Server Error', 'text/plain');
          await expect(carrier.check()).rejects.toMatchObject({ code: 'carrier.unavailable' });
          served.answerWith(200, '<!doctype html><title>Maintenance</title>', 'text/html');
          await expect(carrier.check()).rejects.toMatchObject({ code: 'carrier.unreadable' });
          await expect(buy(carrier, subject)).rejects.toMatchObject({ code: 'carrier.unreadable' });
          served.answerWith(200, '{"unexpected":true}', 'application/json');
          await expect(buy(carrier, subject)).rejects.toMatchObject({ code: 'carrier.unreadable' });
        }),
    },
  ];
}

const buy = async (carrier: Carrier, subject: ConnectorUnderTest): Promise<unknown> =>
  carrier.buy?.(subject.request(), null);

/** By the error that says so, or by an answer with words. */
async function expectRefused(ask: () => Promise<unknown> | undefined): Promise<void> {
  try {
    const answer = await ask();
    if (answer === undefined) return;
    const { details, messages } = answer as Awaited<ReturnType<Carrier['check']>>; // every answer has this shape
    expect(details).toBeNull();
    expectWords(messages);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error).toMatchObject({ kind: 'remote', code: 'carrier.sign-in-refused' });
  }
}

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}
