import type { ReactNode } from 'react';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './facts.module.css';

/** What to do at this step and how to get out of it, asked for by the help card; the next scan takes it away. */
export function HelpText({ step }: { step: BenchView['step'] }): ReactNode {
  const { t } = useMessages();
  return (
    <section className={classes.help} aria-label={t('command.help')} role="status">
      <p>{t(`help.${step}`)}</p>
      <p>{t('help.always')}</p>
    </section>
  );
}
