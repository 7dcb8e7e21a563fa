import type { ReactNode } from 'react';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { useMessages } from '../../ui/use-messages.ts';
import { CardButton } from './card-button.tsx';
import { reasonWords } from './command-words.ts';
import classes from './reason-cards.module.css';

/** The REASON cards that fit now, in words. */
export function ReasonCards({ view }: { view: BenchView }): ReactNode {
  const { t } = useMessages();
  return (
    <ul className={classes.cards} aria-label={t('bench.why')}>
      {view.reasons.map((reason) => (
        <li key={reason} className={classes.place}>
          <CardButton text={encodeStationCode('command', `REASON-${reason}`)} className={classes.card}>
            {reasonWords(reason, t)}
          </CardButton>
        </li>
      ))}
    </ul>
  );
}
