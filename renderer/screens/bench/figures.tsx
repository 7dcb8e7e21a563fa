import type { ReactNode } from 'react';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './item-focus.module.css';

export interface FigureProps {
  readonly name: string;
  readonly done: number;
  readonly total?: number | undefined;
}

/** A number to be read from a metre away: `2 / 3`. */
export function Figure({ name, done, total }: FigureProps): ReactNode {
  return (
    <div className={classes.figure}>
      <span className={classes.figureName}>{name}</span>
      <span className={classes.quantity} data-testid="quantity">
        {done} {total !== undefined && <span className={classes.of}>/ {total}</span>}
      </span>
    </div>
  );
}

/** The bin to stand in front of. */
export function Place({ location }: { location: string }): ReactNode {
  const { t } = useMessages();
  return (
    <div className={classes.figure}>
      <span className={classes.figureName}>{t('bench.location')}</span>
      <span className={classes.location}>{location}</span>
    </div>
  );
}
