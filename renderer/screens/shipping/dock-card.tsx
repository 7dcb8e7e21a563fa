import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { useCommand } from '../../station/use-command.ts';
import { EmptyNotice, ErrorNotice } from '../../ui/error-notice.tsx';
import { formatDeadline, slackUntil } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { Card } from '../../ui/page.tsx';
import setUp from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';
import { useNow } from '../../ui/use-now.ts';
import classes from './shipping-screen.module.css';

type Carrier = CallOutput<'shipping.dock-view'>['carriers'][number];

/** How long until the driver takes nothing more: the number that everybody at the dock works towards. */
function CutOff({ at }: { at: string | null }): ReactNode {
  const { t, language } = useMessages();
  const now = useNow(15_000);
  if (at === null) return <p className={classes.clock}>{t('dock.no-cut-off')}</p>;
  const slack = slackUntil(at, now);
  const left =
    slack.days > 0
      ? t('dock.left.days', { days: slack.days, hours: slack.hours })
      : t('dock.left.hours', { hours: slack.hours, minutes: String(slack.minutes).padStart(2, '0') });
  return (
    <p className={classes.clock} data-urgency={slack.urgency}>
      <Icon name="clock" size={28} />
      <b>{slack.late ? t('dock.past') : left}</b>
      <span>{formatDeadline(at, language)}</span>
    </p>
  );
}

function Figure({ label, value, tone }: { label: string; value: number; tone?: 'late' | undefined }): ReactNode {
  return (
    <div className={classes.figure} data-tone={value > 0 ? tone : undefined}>
      <b>{value}</b>
      <span>{label}</span>
    </div>
  );
}

function CarrierPile({ carrier }: { carrier: Carrier }): ReactNode {
  const { t } = useMessages();
  const close = useCommand('shipping.close-manifest');
  const { manifest, waiting, late, ready } = carrier;
  return (
    <article className={classes.pile} aria-label={carrier.title} data-dock={carrier.title}>
      <h3 className={setUp.heading}>{carrier.title}</h3>
      <CutOff at={carrier.cutOffAt} />
      <div className={classes.figures}>
        <Figure label={t('dock.waiting')} value={waiting} />
        <Figure label={t('dock.scanned')} value={manifest?.parcels ?? 0} />
        <Figure label={t('dock.ready')} value={ready} />
        <Figure label={t('dock.late')} value={late} tone="late" />
      </div>
      {manifest && manifest.parcels > 0 && (
        <Button size="lg" loading={close.isPending} onClick={() => close.mutate({ accountId: carrier.accountId })}>
          {t('dock.close')}
        </Button>
      )}
      {close.error && <ErrorNotice error={close.error} />}
    </article>
  );
}

/** One pile a carrier: what still lies about, what was scanned out, how long there is. */
export function DockCard({ carriers }: { carriers: readonly Carrier[] }): ReactNode {
  const { t } = useMessages();
  return (
    <Card title={t('dock.title')}>
      <p className={setUp.muted}>{t('dock.text')}</p>
      {carriers.length === 0 ? (
        <EmptyNotice icon="box" text={t('dock.none')} />
      ) : (
        <div className={classes.piles}>
          {carriers.map((carrier) => (
            <CarrierPile key={carrier.accountId ?? 'own'} carrier={carrier} />
          ))}
        </div>
      )}
    </Card>
  );
}
