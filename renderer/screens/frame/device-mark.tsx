import type { ReactNode } from 'react';
import { Icon } from '../../ui/icons.tsx';
import { type DeviceLook, lookIcons } from '../devices/device-words.ts';
import classes from './device-chips.module.css';

/** The shape of a device’s state on its colour; always beside words. */
export function DeviceMark({ look }: { look: DeviceLook }): ReactNode {
  return (
    <span className={`${classes.mark} ${classes[look]}`} data-look={look}>
      <Icon name={lookIcons[look]} size={20} />
    </span>
  );
}
