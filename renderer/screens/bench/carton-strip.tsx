import type { ReactNode } from 'react';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { Icon } from '../../ui/icons.tsx';
import { messageFor } from '../../ui/message-for.ts';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './carton-strip.module.css';

type Carton = NonNullable<BenchView['carton']>;

function Chosen({ chosen }: { chosen: NonNullable<Carton['chosen']> }): ReactNode {
  const { t } = useMessages();
  return (
    <span>
      {t('carton.chosen')} <b>{chosen.code}</b>
    </span>
  );
}

function Suggested({ suggested }: { suggested: NonNullable<Carton['suggested']> }): ReactNode {
  const { t } = useMessages();
  return (
    <span>
      {t('carton.take')} <b className={classes.code}>{suggested.code}</b>
    </span>
  );
}

/** Which carton to take and why, in one line, while the box is packed or weighed. */
export function CartonStrip({ view }: { view: BenchView }): ReactNode {
  const messages = useMessages();
  const { carton, step, weighing } = view;
  if (!carton || (step !== 'pack-item' && step !== 'weigh')) return null;
  // Where a weight is explained, that is what the eyes are needed for.
  if (weighing && weighing.explanations.length > 0) return null;
  const { chosen, suggested, why } = carton;
  const says = chosen ? undefined : why && messageFor(messages, why.code, why.params).title;
  return (
    <p className={classes.strip} data-testid="carton">
      <Icon name={chosen ? 'check' : 'box'} size={30} />
      {chosen && <Chosen chosen={chosen} />}
      {!chosen && suggested && <Suggested suggested={suggested} />}
      {says && <span className={classes.why}>{says}</span>}
    </p>
  );
}
