import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { AttributionRuleView } from '../../../shared/contract/shops.ts';
import { AttributedChannel } from '../../../shared/model/attribution.ts';
import { useCommand } from '../../station/use-command.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { Choice, fieldOrder } from '../../ui/choice.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Card } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';

type Rule = AttributionRuleView;
type View = CallOutput<'shops.attribution-view'>;

const kinds = AttributionRuleView.shape.kind.options;

interface RuleRowProps {
  readonly rule: Rule;
  put(part: Partial<Rule>): void;
  remove(): void;
}

function RuleRow({ rule, put, remove }: RuleRowProps): ReactNode {
  const { t } = useMessages();
  return (
    <div className={classes.fields}>
      <Choice
        label={t('shop.rule.kind')}
        value={rule.kind}
        options={kinds.map((kind) => ({ value: kind, label: t(`shop.rule.kind.${kind}`) }))}
        onChange={(next) => put({ kind: kinds.find((kind) => kind === next) ?? rule.kind })}
      />
      <TextInput
        size="lg"
        inputWrapperOrder={fieldOrder}
        label={t('shop.rule.match')}
        maxLength={120}
        value={rule.match}
        onChange={(event) => put({ match: event.currentTarget.value })}
      />
      <Choice
        label={t('shop.rule.channel')}
        value={rule.channel}
        options={AttributedChannel.options.map((value) => ({ value, label: t(`shop.from.${value}`) }))}
        onChange={(next) =>
          put({ channel: AttributedChannel.options.find((channel) => channel === next) ?? rule.channel })
        }
      />
      <Button size="lg" variant="default" onClick={remove}>
        {t('shop.remove')}
      </Button>
    </div>
  );
}

function Rules({ stored }: { stored: readonly Rule[] }): ReactNode {
  const { t } = useMessages();
  const [rules, setRules] = useState<readonly Rule[]>(stored);
  const save = useCommand('shops.save-attribution');
  const broken = rules.some(({ match }) => match.trim() === '');
  return (
    <div className={classes.stack}>
      <p className={classes.muted}>{t('shop.rule.text')}</p>
      {rules.map((rule, at) => (
        <RuleRow
          // biome-ignore lint/suspicious/noArrayIndexKey: rules have no other name while they are typed
          key={at}
          rule={rule}
          put={(part) => setRules(rules.map((one, index) => (index === at ? { ...one, ...part } : one)))}
          remove={() => setRules(rules.filter((_, index) => index !== at))}
        />
      ))}
      <div className={classes.acts}>
        <Button
          size="lg"
          variant="default"
          onClick={() => setRules([...rules, { kind: 'campaign', match: '', channel: 'pinterest' }])}
        >
          {t('shop.rule.add')}
        </Button>
        <Button
          size="lg"
          disabled={broken}
          loading={save.isPending}
          onClick={() => save.mutate({ rules: rules.map((rule) => ({ ...rule, match: rule.match.trim() })) })}
        >
          {t('shop.rule.save')}
        </Button>
        {save.data && <b role="status">{t('shop.rule.saved', { count: save.data.changed })}</b>}
      </div>
      {save.error && <ErrorNotice error={save.error} />}
    </div>
  );
}

function Counts({ counts }: { counts: View['counts'] }): ReactNode {
  const { t } = useMessages();
  if (counts.length === 0) return <p className={classes.muted}>{t('shop.from.none')}</p>;
  return (
    <dl className={classes.facts} aria-label={t('shop.from.counts')}>
      {counts.map(({ channel, orders }) => (
        <div key={channel} style={{ display: 'contents' }}>
          <dt>{t(`shop.from.${channel}`)}</dt>
          <dd>{orders}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Where orders of a shop engine come from: counts of 30 days, and the shipper's own rules. */
export function AttributionCard({ mayChange }: { mayChange: boolean }): ReactNode {
  const { t } = useMessages();
  const query = useStationQuery('shops.attribution-view', {});
  return (
    <Card title={t('shop.from')}>
      <div className={classes.stack}>
        <p className={classes.note}>{t('shop.from.meta')}</p>
        <QueryGate query={query}>
          {({ rules, counts }) => (
            <>
              <h3 className={classes.heading}>{t('shop.from.counts')}</h3>
              <Counts counts={counts} />
              <h3 className={classes.heading}>{t('shop.rule')}</h3>
              {mayChange ? <Rules stored={rules} /> : <p className={classes.muted}>{t('settings.ask-admin')}</p>}
            </>
          )}
        </QueryGate>
      </div>
    </Card>
  );
}
