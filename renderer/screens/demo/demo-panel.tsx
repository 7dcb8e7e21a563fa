import { CloseButton } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './demo-panel.module.css';
import { SimulatedPrinter } from './simulated-printer.tsx';
import { SimulatedScale } from './simulated-scale.tsx';
import { SimulatedScanner } from './simulated-scanner.tsx';

const STORAGE_KEY = 'packwright.demo-panel';

/** Stand-ins for the devices of a bench, beside the screen and never over it. */
export function DemoPanel({ view }: { view: BenchView }): ReactNode {
  const { t } = useMessages();
  const [open, setOpen] = useState(() => sessionStorage.getItem(STORAGE_KEY) !== 'closed');
  function show(next: boolean): void {
    sessionStorage.setItem(STORAGE_KEY, next ? 'open' : 'closed');
    setOpen(next);
  }
  if (!open) {
    return (
      <button type="button" className={classes.collapsed} aria-expanded={false} onClick={() => show(true)}>
        {t('demo.open')}
      </button>
    );
  }
  return (
    <aside className={classes.panel} aria-label={t('demo.title')}>
      <div className={classes.head}>
        <h2 className={classes.title}>{t('demo.title')}</h2>
        <CloseButton size="xl" aria-label={t('demo.close')} aria-expanded onClick={() => show(false)} />
      </div>
      <SimulatedScanner view={view} />
      <SimulatedScale stationId={view.station.id} weighs={view.step === 'weigh'} />
      <SimulatedPrinter />
    </aside>
  );
}
