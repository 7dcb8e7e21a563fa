import type { ReactNode } from 'react';
import { formatDeadline, type Slack, slackUntil } from './format.ts';
import { Icon } from './icons.tsx';
import classes from './ship-by.module.css';
import { type Translate, useMessages } from './use-messages.ts';
import { useNow } from './use-now.ts';

/** The two largest units that are not zero: `1 d 8 h`, `2 h`, `15 min`. */
function slackText({ late, days, hours, minutes }: Slack, t: Translate): string {
  const parts = [
    days > 0 ? t('duration.days', { days }) : '',
    hours > 0 ? t('duration.hours', { hours }) : '',
    days === 0 && (minutes > 0 || hours === 0) ? t('duration.minutes', { minutes }) : '',
  ];
  const duration = parts.filter((part) => part !== '').join(' ');
  return t(late ? 'slack.late' : 'slack.left', { duration });
}

export interface ShipByProps {
  readonly shipBy: string;
  /** Without the day and time, where room is scarce. */
  readonly short?: boolean;
}

/** How long until the order must be handed over, in words; late and soon differ by icon as well as by colour. */
export function ShipBy({ shipBy, short = false }: ShipByProps): ReactNode {
  const { t, language } = useMessages();
  const slack = slackUntil(shipBy, useNow(30_000));
  return (
    <span className={`${classes.shipBy} ${classes[slack.urgency]}`}>
      <Icon name={slack.urgency === 'late' ? 'warning' : 'clock'} size={22} />
      <span>{slackText(slack, t)}</span>
      {!short && <span className={classes.instant}>{formatDeadline(shipBy, language)}</span>}
    </span>
  );
}
