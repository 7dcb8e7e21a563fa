import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { AccountView, ConnectorView, RangeView } from '../../../shared/contract/shipping-accounts.ts';
import type { CarrierMessage } from '../../../shared/model/carrier.ts';
import { useCommand } from '../../station/use-command.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { formatInstant } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { isMessageKey } from '../../ui/message-key.ts';
import pageClasses from '../../ui/page.module.css';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';
import { AccountForm } from './account-form.tsx';
import { RangeForm } from './range-form.tsx';

/** What a carrier said, in its own words. */
function Said({ messages }: { messages: readonly CarrierMessage[] }): ReactNode {
  if (messages.length === 0) return null;
  return (
    <ul className={classes.meaning}>
      {messages.map(({ level, code, text }) => (
        <li key={`${code} ${text}`} data-level={level}>
          {code !== '' && <b>{code} </b>}
          {text}
        </li>
      ))}
    </ul>
  );
}

function Range({ range, mayChange }: { range: RangeView; mayChange: boolean }): ReactNode {
  const { t } = useMessages();
  const retire = useCommand('shipping.retire-range');
  const [asked, setAsked] = useState(false);
  const parts = Object.values(range.params).filter((value) => value !== '');
  return (
    <li className={classes.row} data-range={range.id}>
      <span className={classes.grow}>
        <b>{range.title}</b> · {[...parts, `${range.first} – ${range.last}`].join(' · ')}
      </span>
      <span className={range.left === '0' ? pageClasses.chipLate : undefined}>
        {range.active ? t('range.left', { left: range.left }) : t('range.retired')}
      </span>
      {mayChange && range.active && !asked && (
        <Button variant="default" onClick={() => setAsked(true)}>
          {t('range.retire')}
        </Button>
      )}
      {asked && range.active && (
        <>
          <Button color="red.9" loading={retire.isPending} onClick={() => retire.mutate({ id: range.id })}>
            {t('range.retire-yes')}
          </Button>
          <Button variant="default" onClick={() => setAsked(false)}>
            {t('device.remove-no')}
          </Button>
        </>
      )}
      {retire.error && <ErrorNotice error={retire.error} />}
    </li>
  );
}

function State({ account }: { account: AccountView }): ReactNode {
  const { t, language } = useMessages();
  const { problem, active, approved, kind, checkedAt } = account;
  const look = !active ? 'quiet' : problem !== null ? 'bad' : 'good';
  const key = `code.${problem ?? ''}`;
  const plain = problem !== null && isMessageKey(problem) ? t(problem) : undefined;
  const act = `code.${problem ?? ''}.do`;
  return (
    <div className={classes.health} role="status">
      <p className={classes.acts}>
        <Icon name={look === 'good' ? 'check' : look === 'bad' ? 'warning' : 'pause'} size={28} />
        <b>{t(!active ? 'carrier.state.off' : problem === null ? 'carrier.state.ready' : 'carrier.state.problem')}</b>
        {kind === 'own-range' && !approved && <span className={pageClasses.chipHold}>{t('carrier.specimen')}</span>}
        {checkedAt !== null && (
          <span className={classes.muted}>{t('carrier.checked', { at: formatInstant(checkedAt, language) })}</span>
        )}
      </p>
      {problem !== null && (
        <p className={classes.problem} data-look="bad">
          <b>{plain ?? (isMessageKey(key) ? t(key) : problem)}</b>
          {isMessageKey(act) && <span> {t(act)}</span>}
        </p>
      )}
    </div>
  );
}

function Facts({ account }: { account: AccountView }): ReactNode {
  const { t } = useMessages();
  const services = account.services.map(({ title }) => title).join(', ');
  return (
    <dl className={classes.facts}>
      <dt>{t('carrier.kind')}</dt>
      <dd>
        {account.connectorTitle} · {t(`carrier.kind.${account.kind}`)}
      </dd>
      <dt>{t('carrier.cut-off')}</dt>
      <dd>{account.cutOff === null ? t('carrier.no-cut-off') : `${account.cutOff} (${account.timeZone})`}</dd>
      <dt>{t('carrier.can')}</dt>
      <dd>{account.abilities.map((ability) => t(`carrier.ability.${ability}`)).join(' · ')}</dd>
      {services !== '' && (
        <>
          <dt>{t('carrier.services')}</dt>
          <dd>{services}</dd>
        </>
      )}
    </dl>
  );
}

function Check({ account }: { account: AccountView }): ReactNode {
  const { t } = useMessages();
  const check = useCommand('shipping.check-account');
  const said = check.data?.messages ?? account.checkMessages;
  return (
    <>
      <Button size="lg" variant="default" loading={check.isPending} onClick={() => check.mutate({ id: account.id })}>
        {t('carrier.check')}
      </Button>
      {check.data?.ok && <b role="status">{t('carrier.check.ok')}</b>}
      {check.error && <ErrorNotice error={check.error} />}
      <Said messages={said} />
    </>
  );
}

export interface AccountCardProps {
  readonly account: AccountView;
  readonly connector: ConnectorView | undefined;
  readonly mayChange: boolean;
}

/** One carrier account: whether it can be used, what it can do, its numbers, and what an admin may do with it. */
export function AccountCard({ account, connector, mayChange }: AccountCardProps): ReactNode {
  const { t } = useMessages();
  const [opened, open] = useState<'change' | 'range'>();
  const close = (): void => open(undefined);
  return (
    <article className={classes.device} aria-label={account.title} data-account={account.connector}>
      <div className={classes.deviceHead}>
        <Icon name="label" size={48} />
        <h3 className={classes.heading}>{account.title}</h3>
        <State account={account} />
      </div>
      <Facts account={account} />
      {account.ranges.length > 0 && (
        <ul className={classes.rows}>
          {account.ranges.map((range) => (
            <Range key={range.id} range={range} mayChange={mayChange} />
          ))}
        </ul>
      )}
      {mayChange && connector && (
        <div className={classes.acts}>
          <Button size="lg" variant="default" aria-expanded={opened === 'change'} onClick={() => open('change')}>
            {t('operators.change')}
          </Button>
          {connector.kind === 'own-range' && (
            <Button size="lg" variant="default" aria-expanded={opened === 'range'} onClick={() => open('range')}>
              {t('range.add')}
            </Button>
          )}
          {connector.kind !== 'own-range' && <Check account={account} />}
        </div>
      )}
      {opened === 'change' && connector && (
        <AccountForm
          key={account.version}
          connector={connector}
          account={account}
          timeZone={account.timeZone}
          onClose={close}
        />
      )}
      {opened === 'range' && connector && <RangeForm account={account} connector={connector} onClose={close} />}
    </article>
  );
}
