import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { AccountView, ShippingRule } from '../../../shared/contract/shipping-accounts.ts';
import { useCommand } from '../../station/use-command.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Icon } from '../../ui/icons.tsx';
import pageClasses from '../../ui/page.module.css';
import { Card } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';
import { RuleFormPanel } from './rule-form.tsx';
import { choiceWords, conditionWords } from './rule-words.ts';

type Stored = CallOutput<'shipping.rules-view'>;

interface RowProps {
  readonly rule: ShippingRule;
  readonly place: number;
  readonly accounts: readonly AccountView[];
  readonly acts: ReactNode;
}

function RuleRow({ rule, place, accounts, acts }: RowProps): ReactNode {
  const messages = useMessages();
  const { t } = messages;
  const conditions = conditionWords(rule.conditions, messages);
  return (
    <li className={classes.row} data-rule={rule.title}>
      <b>{place}</b>
      <span className={classes.grow}>
        <b>{rule.title}</b> {!rule.active && <span className={pageClasses.chip}>{t('rule.off')}</span>}{' '}
        {rule.direction === 'return' && <span className={pageClasses.chip}>{t('rule.direction.return')}</span>}
        <br />
        {conditions.length > 0 ? conditions.join(' · ') : t('rule.every-parcel')}
        {' → '}
        <b>{choiceWords(rule.choice, accounts, messages)}</b>
      </span>
      {acts}
    </li>
  );
}

/** The list with one rule moved by one place; the same where it stands at the end already. */
function moved(rules: readonly ShippingRule[], from: number, by: -1 | 1): readonly ShippingRule[] {
  const to = from + by;
  const [rule, other] = [rules[from], rules[to]];
  if (!rule || !other) return rules;
  return rules.map((same, at) => (at === from ? other : at === to ? rule : same));
}

function Rules({ stored, accounts, mayChange }: { stored: Stored } & RulesProps): ReactNode {
  const { t } = useMessages();
  const [edited, setEdited] = useState<string>();
  const save = useCommand('shipping.save-rules', () => setEdited(undefined));
  const { rules, version } = stored;
  const store = (next: readonly ShippingRule[]): void => save.mutate({ rules: [...next], expectedVersion: version });
  const acts = (rule: ShippingRule, at: number): ReactNode => (
    <span className={classes.acts}>
      <Button
        variant="default"
        aria-label={t('rule.up', { title: rule.title })}
        disabled={at === 0}
        onClick={() => store(moved(rules, at, -1))}
      >
        <Icon name="up" size={22} />
      </Button>
      <Button
        variant="default"
        aria-label={t('rule.down', { title: rule.title })}
        disabled={at === rules.length - 1}
        onClick={() => store(moved(rules, at, 1))}
      >
        <Icon name="down" size={22} />
      </Button>
      <Button variant="default" onClick={() => setEdited(rule.id)}>
        {t('operators.change')}
      </Button>
      <Button
        variant="default"
        aria-label={t('rule.remove', { title: rule.title })}
        onClick={() => store(rules.filter(({ id }) => id !== rule.id))}
      >
        <Icon name="cross" size={22} />
      </Button>
    </span>
  );
  const close = (): void => setEdited(undefined);
  return (
    <div className={classes.stack}>
      <ol className={classes.rows}>
        {rules.map((rule, at) =>
          rule.id === edited ? (
            <li key={rule.id}>
              <RuleFormPanel
                rule={rule}
                accounts={accounts}
                onDone={(next) => store(rules.map((old) => (old.id === rule.id ? { id: old.id, ...next } : old)))}
                onClose={close}
              />
            </li>
          ) : (
            <RuleRow
              key={rule.id}
              {...{ rule, accounts }}
              place={at + 1}
              acts={mayChange && edited === undefined && acts(rule, at)}
            />
          ),
        )}
      </ol>
      <p className={classes.muted}>{t('rule.rest')}</p>
      {edited === '' && (
        <RuleFormPanel
          rule={undefined}
          accounts={accounts}
          onDone={(next) => store([...rules, { id: crypto.randomUUID(), ...next }])}
          onClose={close}
        />
      )}
      {mayChange && edited === undefined && (
        <div className={classes.acts}>
          <Button size="lg" onClick={() => setEdited('')}>
            {t('rule.add')}
          </Button>
        </div>
      )}
      {save.error && <ErrorNotice error={save.error} />}
    </div>
  );
}

interface RulesProps {
  readonly accounts: readonly AccountView[];
  readonly mayChange: boolean;
}

/** The rules in their order: the first one that a parcel fits takes it. */
export function RulesCard({ accounts, mayChange }: RulesProps): ReactNode {
  const { t } = useMessages();
  const query = useStationQuery('shipping.rules-view', {});
  return (
    <Card title={t('rule.rules')}>
      <QueryGate query={query}>{(stored) => <Rules {...{ stored, accounts, mayChange }} />}</QueryGate>
    </Card>
  );
}
