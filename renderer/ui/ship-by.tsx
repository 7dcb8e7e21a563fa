import type { ReactNode } from 'react';
import { formatDeadline, type Slack, slackUntil } from './format.ts';
import { Icon } from './icons.tsx';
import classes from './ship-by.module.css';
import { type Translate, useMessages } from './use-messages.ts';
import { useNow } from './use-now.ts';

function slackText({ late, days, hours, minutes }: Slack, t: Translate): string {
  if (days > 0) return late ? t('slack.late.days', { days, hours }) : t('slack.left.days', { days, hours });
  if (hours > 0) return late ? t('slack.late.hours', { hours, minutes }) : t('slack.left.hours', { hours, minutes });
  return late ? t('slack.late.minutes', { minutes }) : t('slack.left.minutes', { minutes });
}

/** How long until the order must be handed over, in words; late and soon differ by icon as well as by colour. */
export function ShipBy({ shipBy }: { shipBy: string }): ReactNode {
  const { t, language } = useMessages();
  const slack = slackUntil(shipBy, useNow(30_000));
  return (
    <span className={`${classes.shipBy} ${classes[slack.urgency]}`}>
      <Icon name={slack.urgency === 'late' ? 'warning' : 'clock'} size={22} />
      <span>{slackText(slack, t)}</span>
      <span className={classes.instant}>{formatDeadline(shipBy, language)}</span>
    </span>
  );
}
