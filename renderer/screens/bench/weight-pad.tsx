import type { ReactNode } from 'react';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { formatWeight } from '../../ui/format.ts';
import { useMessages } from '../../ui/use-messages.ts';
import { CardButton } from './card-button.tsx';
import classes from './weight-pad.module.css';

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];
const card = (payload: string): string => encodeStationCode('command', payload);

/** Where the scale cannot tell the weight: it is typed in grams, by DIGIT cards or by touch, and YES enters it. */
export function WeightPad({ weighing }: { weighing: NonNullable<BenchView['weighing']> }): ReactNode {
  const { t, language } = useMessages();
  const { expectedMg, toleranceMg, typedGrams } = weighing;
  const typed = typedGrams === null ? undefined : formatWeight(Number(typedGrams) * 1_000, language);
  return (
    <section className={classes.pad} aria-label={t('weigh.by-hand')}>
      <p className={typed === undefined ? classes.words : classes.typed} role="status">
        {typed ?? t('weigh.by-hand')}
      </p>
      <p className={classes.words}>
        {t('weigh.expected')} <b>{formatWeight(expectedMg, language)}</b> ± {formatWeight(toleranceMg, language)}
      </p>
      <div className={classes.keys}>
        {digits.map((digit) => (
          <CardButton key={digit} text={card(`DIGIT-${digit}`)} className={classes.key}>
            {digit}
          </CardButton>
        ))}
      </div>
    </section>
  );
}
