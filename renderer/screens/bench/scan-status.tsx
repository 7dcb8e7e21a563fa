import type { ReactNode } from 'react';
import { portWaiting } from '../../scan/port-waiting.ts';
import { scanQueue } from '../../scan/scanner.ts';
import { reachable } from '../../station/connection.ts';
import { useCell } from '../../station/use-cell.ts';
import { Icon } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './scan-status.module.css';

/**
 * How many scans wait and whether the station answers; nothing is shown while all is well.
 *
 * The scan that is at the station right now is not waiting.
 */
export function ScanStatus(): ReactNode {
  const { t } = useMessages();
  const { pending, status } = useCell(scanQueue.state);
  const atPorts = useCell(portWaiting);
  const answers = useCell(reachable);
  if (status === 'unreachable') {
    return (
      <p className={`${classes.status} ${classes.unreachable}`} role="alert" data-testid="scan-kept">
        <Icon name="plug" /> {t('scan.kept', { count: pending.length })}
      </p>
    );
  }
  if (!answers) {
    return (
      <p className={`${classes.status} ${classes.unreachable}`} role="alert">
        <Icon name="plug" /> {t('station.silent')}
      </p>
    );
  }
  const waiting = Math.max(0, pending.length - 1) + atPorts;
  if (waiting < 1) return null;
  return (
    <p className={classes.status} role="status" data-testid="scans-waiting">
      <Icon name="clock" /> {t('scan.waiting', { count: waiting })}
    </p>
  );
}
