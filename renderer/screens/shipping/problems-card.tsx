import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ShippingProblem } from '../../../shared/contract/shipping-dock.ts';
import { useCommand } from '../../station/use-command.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { formatInstant } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { messageFor } from '../../ui/message-for.ts';
import pageClasses from '../../ui/page.module.css';
import { Card } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { routeHref } from '../../ui/router.ts';
import setUp from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';

/** Money may hang on it: what the carrier's portal says is answered in two presses. */
function Settle({ labelId }: { labelId: string }): ReactNode {
  const { t } = useMessages();
  const [asked, setAsked] = useState(false);
  const look = useCommand('shipping.look-up-label');
  const settle = useCommand('shipping.settle-label', () => setAsked(false));
  const error = look.error ?? settle.error;
  return (
    <span className={setUp.acts}>
      {!asked && (
        <>
          <Button loading={look.isPending} onClick={() => look.mutate({ labelId })}>
            {t('problem.look-up')}
          </Button>
          <Button variant="default" onClick={() => setAsked(true)}>
            {t('problem.settle')}
          </Button>
        </>
      )}
      {asked && (
        <>
          <b>{t('problem.settle.ask')}</b>
          <Button onClick={() => settle.mutate({ labelId, bought: true })}>{t('problem.settle.bought')}</Button>
          <Button onClick={() => settle.mutate({ labelId, bought: false })}>{t('problem.settle.not-bought')}</Button>
          <Button variant="default" onClick={() => setAsked(false)}>
            {t('device.remove-no')}
          </Button>
        </>
      )}
      {error && <ErrorNotice error={error} />}
    </span>
  );
}

function Problem({ problem }: { problem: ShippingProblem }): ReactNode {
  const messages = useMessages();
  const { t, language } = messages;
  const said = problem.code === null ? undefined : messageFor(messages, problem.code);
  const tracking = problem.kind === 'tracking' ? t(`tracking.${problem.trackingState}`) : undefined;
  return (
    <li className={setUp.row} data-problem={problem.kind}>
      <Icon name={problem.kind === 'unknown' ? 'question' : 'warning'} size={30} />
      <span className={setUp.grow}>
        <a className={pageClasses.link} href={routeHref({ screen: 'orders', id: problem.orderId })}>
          {t('order.title', { number: problem.orderNumber })}
        </a>{' '}
        · <b>{t(`problem.${problem.kind}`)}</b>
        <br />
        {[problem.carrier, problem.trackingNumber, tracking, said?.title].filter(Boolean).join(' · ')}
        {said?.action !== undefined && <> {said.action}</>}
        <br />
        <span className={setUp.muted}>{t('problem.since', { at: formatInstant(problem.since, language) })}</span>
      </span>
      {problem.kind === 'unknown' && <Settle labelId={problem.labelId} />}
    </li>
  );
}

/** What a supervisor settles: labels of which nobody knows, refused voids, parcels in trouble. */
export function ProblemsCard(): ReactNode {
  const { t } = useMessages();
  const query = useStationQuery('shipping.problems-view', {});
  return (
    <Card title={t('problem.title')}>
      <QueryGate query={query}>
        {({ problems, total }) =>
          problems.length === 0 ? (
            <p className={setUp.muted}>{t('problem.none')}</p>
          ) : (
            <>
              <ul className={setUp.rows}>
                {problems.map((problem) => (
                  <Problem key={problem.labelId} problem={problem} />
                ))}
              </ul>
              {total > problems.length && (
                <p className={setUp.muted}>{t('problem.more', { count: total - problems.length })}</p>
              )}
            </>
          )
        }
      </QueryGate>
    </Card>
  );
}
