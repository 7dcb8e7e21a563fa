import type { ReactNode } from 'react';
import { Icon, type IconName } from '../../ui/icons.tsx';
import classes from './facts.module.css';

/** One big drawing with words below, where there is no item to show. */
export function IconFocus({ icon, children }: { icon: IconName; children: ReactNode }): ReactNode {
  return (
    <div className={classes.drawing}>
      <Icon name={icon} size={220} />
      <span>{children}</span>
    </div>
  );
}
