import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Difference, type Reconciliation, type ShopView } from '../../../shared/contract/shops.ts';
import { useCommand } from '../../station/use-command.ts';
import { Choice, fieldOrder } from '../../ui/choice.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { formatInstant } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import pageClasses from '../../ui/page.module.css';
import { Card } from '../../ui/page.tsx';
import { routeHref } from '../../ui/router.ts';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';
import { Said } from './shop-state.tsx';

const WEEK_MS = 7 * 86_400_000;

function Group({ kind, rows }: { kind: Difference['kind']; rows: readonly Difference[] }): ReactNode {
  const { t } = useMessages();
  return (
    <section aria-label={t(`shop.difference.${kind}`)}>
      <h4 className={classes.heading}>
        {t(`shop.difference.${kind}`)} · {rows.length}
      </h4>
      <ul className={classes.rows}>
        {rows.map(({ externalId, number, orderId, ours, theirs }) => (
          <li key={`${externalId} ${ours} ${theirs}`} className={classes.row}>
            <span className={classes.grow}>
              {orderId === null ? (
                <b>{number || externalId}</b>
              ) : (
                <a className={pageClasses.link} href={routeHref({ screen: 'orders', id: orderId })}>
                  {number || externalId}
                </a>
              )}
            </span>
            <span>{t('shop.reconcile.here', { text: ours || '–' })}</span>
            <span>{t('shop.reconcile.there', { text: theirs || '–' })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Report({ report }: { report: Reconciliation }): ReactNode {
  const { t, language } = useMessages();
  const { orders, parcels, differences, fault } = report;
  const equal = differences.length === 0 && fault === null;
  return (
    <div className={classes.stack} role="status">
      <h3 className={classes.heading}>
        {t('shop.reconcile.of', {
          shop: report.shop,
          since: formatInstant(report.since, language),
          at: formatInstant(report.at, language),
        })}
      </h3>
      <p className={classes.legend}>
        {t('shop.reconcile.orders', orders)} {t('shop.reconcile.parcels', parcels)}
      </p>
      {equal && (
        <p className={classes.acts}>
          <Icon name="check" size={28} />
          <b>{t('shop.reconcile.equal')}</b>
        </p>
      )}
      {fault && (
        <div className={classes.problem} data-look="bad">
          <b>{t('shop.reconcile.broken-off')}</b>
          <Said messages={[fault]} />
        </div>
      )}
      {Difference.shape.kind.options.map((kind) => {
        const rows = differences.filter((difference) => difference.kind === kind);
        return rows.length === 0 ? null : <Group key={kind} kind={kind} rows={rows} />;
      })}
      <div className={classes.acts}>
        <Button size="lg" variant="default" onClick={() => window.print()}>
          {t('shop.reconcile.print')}
        </Button>
      </div>
    </div>
  );
}

/** Orders and parcels of a shop beside the platform's own since a day; what differs, in words. */
export function ReconcileCard({ shops }: { shops: readonly ShopView[] }): ReactNode {
  const { t } = useMessages();
  const [id, choose] = useState(shops[0]?.id ?? '');
  const [day, setDay] = useState(() => new Date(Date.now() - WEEK_MS).toISOString().slice(0, 10));
  const run = useCommand('shops.reconcile');
  const since = day === '' ? null : new Date(`${day}T00:00`).toISOString();
  return (
    <Card title={t('shop.reconcile')}>
      <div className={classes.stack}>
        <div className={classes.fields}>
          <Choice
            label={t('shop.reconcile.shop')}
            value={id}
            options={shops.map((shop) => ({ value: shop.id, label: shop.title }))}
            onChange={choose}
          />
          <TextInput
            size="lg"
            type="date"
            inputWrapperOrder={fieldOrder}
            label={t('shop.reconcile.since')}
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
        </div>
        <div className={classes.acts}>
          <Button size="lg" disabled={id === ''} loading={run.isPending} onClick={() => run.mutate({ id, since })}>
            {t('shop.reconcile.run')}
          </Button>
        </div>
        {run.error && <ErrorNotice error={run.error} />}
        {run.data && <Report report={run.data} />}
      </div>
    </Card>
  );
}
