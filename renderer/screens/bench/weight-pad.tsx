import type { ReactNode } from 'react';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import { formatWeight } from '../../ui/format.ts';
import { useMessages } from '../../ui/use-messages.ts';
import { CardButton } from './card-button.tsx';
import classes from './weight-pad.module.css';

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];
const card = (payload: string): string => encodeStationCode('command', payload);

/** Where the scale cannot tell the weight: it is typed in grams, by DIGIT cards or by touch, and YES enters it. */
export function WeightPad({ typed }: { typed: string | null }): ReactNode {
  const { t, language } = useMessages();
  return (
    <section className={classes.pad} aria-label={t('weigh.by-hand')}>
      <p className={classes.words} role="status">
        {typed === null || typed === '' ? t('weigh.by-hand') : <b>{formatWeight(Number(typed) * 1_000, language)}</b>}
      </p>
      <div className={classes.keys}>
        {digits.map((digit) => (
          <CardButton key={digit} text={card(`DIGIT-${digit}`)} className={classes.key}>
            {digit}
          </CardButton>
        ))}
      </div>
      {typed !== null && typed !== '' && (
        <div className={classes.words}>
          <CardButton text={card('YES')} className={classes.word}>
            {t('command.yes')}
          </CardButton>
          <CardButton text={card('NO')} className={classes.word}>
            {t('command.no')}
          </CardButton>
        </div>
      )}
    </section>
  );
}
