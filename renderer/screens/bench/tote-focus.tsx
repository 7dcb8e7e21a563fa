import type { ReactNode } from 'react';
import { Icon } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './facts.module.css';

/** A new order needs an empty tote before the first bin. */
export function ToteFocus(): ReactNode {
  const { t } = useMessages();
  return (
    <div className={classes.tote}>
      <Icon name="tote" size={220} />
      <span>{t('bench.empty-tote')}</span>
    </div>
  );
}
