import { describe, expect, test } from 'vitest';
import { shownVerdict } from '../../../renderer/screens/bench/shown-verdict.ts';
import type { BenchView } from '../../../shared/contract/bench.ts';
import type { Verdict } from '../../../shared/contract/common.ts';

type View = Pick<BenchView, 'latched' | 'step' | 'parcel' | 'order'>;

const verdict = (tone: Verdict['tone'], code: string, at = 'T1'): Verdict => ({ tone, code, params: {}, at });
const view = (part: Partial<View> = {}): View => ({
  latched: null,
  step: 'pack-item',
  parcel: null,
  order: null,
  ...part,
});
const given = (told: Verdict, latched = false) => ({ verdict: told, commandId: 'c1', latched });
const parcel: NonNullable<BenchView['parcel']> = {
  id: 'p1',
  sequence: 1,
  sscc: '395212345678901234',
  state: 'closed',
  expectedMg: 500_000,
  weightMg: 510_000,
  unitsPacked: 2,
  unitsToPack: 2,
};

describe('the banner', () => {
  test('shows what the latest scan led to', () => {
    const good = verdict('good', 'pack.item-packed');
    expect(shownVerdict(view(), given(good))).toEqual({ verdict: good, id: 'c1', help: false });
  });

  test('shows a refusal that was latched before the page was loaded', () => {
    const wrong = verdict('bad', 'pack.wrong-item', 'T0');
    expect(shownVerdict(view({ latched: wrong }), undefined)).toMatchObject({ verdict: wrong, id: 'latched T0' });
  });

  test('keeps a refusal that the station did not latch', () => {
    const unknown = verdict('bad', 'badge.unknown');
    expect(shownVerdict(view({ step: 'badge' }), given(unknown)).verdict).toEqual(unknown);
  });

  test('lets a latched refusal go when another window took the latch away', () => {
    expect(shownVerdict(view(), given(verdict('bad', 'pack.wrong-item'), true)).verdict).toBeUndefined();
  });

  test('keeps a latched refusal while the help card shows its words', () => {
    const wrong = verdict('bad', 'pack.wrong-item', 'T0');
    const shown = shownVerdict(view({ latched: wrong }), given(verdict('info', 'help', 'T2'), true));
    expect(shown).toMatchObject({ verdict: wrong, help: true });
  });

  test('says that the weight was taken when the scale settled by itself', () => {
    const shown = shownVerdict(view({ step: 'label-pending', parcel }), given(verdict('good', 'pack.all-packed')));
    expect(shown).toMatchObject({ verdict: { code: 'pack.weighed', params: { weightMg: 510_000 } }, id: 'weighed p1' });
  });

  test('forgets a refused weight once the scale settled at the right one', () => {
    const refused = given(verdict('bad', 'weigh.out-of-tolerance'), true);
    expect(shownVerdict(view({ step: 'scan-label', parcel }), refused).verdict?.code).toBe('pack.weighed');
  });
});
