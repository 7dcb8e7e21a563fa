import { expect, test } from 'vitest';
import type { Carrier } from '../../../../main/carriers/carrier.ts';
import { AppError } from '../../../../shared/errors.ts';
import { easypost } from '../easypost/easypost.ts';
import { connectorChecks } from './connector-suite.ts';
import { aReference } from './shipments.ts';

type Break = (sound: Carrier) => Partial<Carrier>;

/** What a connector may get wrong, and words of the sentence that has to fail then. */
const breaks: readonly (readonly [string, string, Break])[] = [
  ['forgets a purchase that nobody answered', 'answers 500 after', () => ({ find: async () => ({ outcome: 'none' }) })],
  [
    'takes a purchase for made that was not',
    'answers 500 before',
    ({ buy }) => ({
      find: async (request) => {
        const { details } = (await buy?.(request, null)) ?? { details: null };
        return details ? { outcome: 'found', purchase: details } : { outcome: 'none' };
      },
    }),
  ],
  [
    'buys twice',
    'buys one label',
    ({ buy }) => ({
      buy: async (request, rateRef) => {
        await buy?.({ ...request, reference: aReference() }, rateRef);
        return (await buy?.(request, rateRef)) ?? { details: null, messages: [] };
      },
    }),
  ],
  [
    'declares less than the parcel weighs',
    'buys one label',
    changed((request) => ({ ...request, parcel: { ...request.parcel, weightMg: request.parcel.weightMg / 2 } })),
  ],
  [
    'loses the second line of the address',
    'buys one label',
    changed(({ from: { street2: _lost, ...from }, ...request }) => ({ ...request, from })),
  ],
  ['loses our reference', 'buys one label', changed((request) => ({ ...request, reference: aReference() }))],
  ['keeps the goods from customs', 'declares the goods', changed(({ customs: _hidden, ...request }) => request)],
  [
    'turns the addresses of a return round',
    'return label',
    changed((request) => ({ ...request, from: request.to, to: request.from })),
  ],
  [
    'throws what the carrier refuses',
    'refusal as words',
    ({ buy }) => ({
      buy: async (request, rateRef) => {
        const answer = await buy?.(request, rateRef);
        if (!answer?.details) throw new AppError('remote', 'carrier.refused');
        return answer;
      },
    }),
  ],
  [
    'takes silence for a refusal',
    'does not answer, after',
    ({ buy }) => ({
      buy: async (request, rateRef) => {
        try {
          return (await buy?.(request, rateRef)) ?? { details: null, messages: [] };
        } catch {
          return { details: null, messages: [{ level: 'error', code: 'x', text: 'no label' }] };
        }
      },
    }),
  ],
  [
    'says that a label is void without asking',
    'voids a label',
    () => ({
      void: async () => ({ details: 'voided', messages: [] }),
      voidState: async () => ({ details: 'voided', messages: [] }),
    }),
  ],
  [
    'tells the way of a parcel backwards',
    'tracks a parcel',
    ({ track }) => ({
      track: async (purchase) => {
        const answer = await track?.(purchase);
        if (!answer?.details) return { details: null, messages: [] };
        return { ...answer, details: { ...answer.details, events: [...answer.details.events].reverse() } };
      },
    }),
  ],
  [
    'lets every credential pass',
    'proves the credentials',
    () => ({ check: async () => ({ details: { account: 'anybody' }, messages: [] }) }),
  ],
  [
    'puts more on the manifest than was handed to it',
    'transmits a manifest',
    ({ manifest, buy }) => {
      const all: { carrierRef: string; trackingNumber: string }[] = [];
      return {
        buy: async (request, rateRef) => {
          const answer = (await buy?.(request, rateRef)) ?? { details: null, messages: [] };
          if (answer.details) all.push(answer.details);
          return answer;
        },
        manifest: async (_parcels, shipDate) => (await manifest?.(all, shipDate)) ?? { details: null, messages: [] },
      };
    },
  ],
];

/** Buys something else than what was asked for. */
function changed(change: (request: Parameters<NonNullable<Carrier['buy']>>[0]) => typeof request): Break {
  return ({ buy }) => ({
    buy: async (request, rateRef) => (await buy?.(change(request), rateRef)) ?? { details: null, messages: [] },
  });
}

test.each(breaks)('the suite notices a connector that %s', async (_what, sentence, breakIt) => {
  const { connector } = easypost;
  const broken = {
    ...connector,
    open: (...given: Parameters<typeof connector.open>): Carrier => {
      const sound = connector.open(...given);
      return { ...sound, ...breakIt(sound) };
    },
  };
  const checks = connectorChecks({ ...easypost, connector: broken }).filter(({ title }) => title.includes(sentence));
  expect(checks).toHaveLength(1);
  await expect(checks[0]?.run()).rejects.toThrow();
});
