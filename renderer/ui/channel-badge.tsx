import type { ReactNode } from 'react';
import type { ChannelName } from '../../shared/model/channel.ts';
import classes from './channel-badge.module.css';
import { channelFills } from './theme.ts';
import { useMessages } from './use-messages.ts';

/** Where the order came from: the channel's name on the channel's colour, never the colour alone. */
export function ChannelBadge({ channel }: { channel: ChannelName }): ReactNode {
  const { t } = useMessages();
  return (
    <span className={classes.badge} style={{ backgroundColor: channelFills[channel] }}>
      {t(`channel.${channel}`)}
    </span>
  );
}
