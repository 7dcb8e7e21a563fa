import type { ReactNode } from 'react';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { Icon } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import { CardButton } from '../bench/card-button.tsx';
import { PinField } from './pin-field.tsx';
import classes from './pin-pad.module.css';

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];
const card = (payload: string): string => encodeStationCode('command', payload);

/** The cards that are no figures. */
function Words(): ReactNode {
  const { t } = useMessages();
  return (
    <>
      <CardButton text={card('UNDO')} className={classes.word}>
        {t('command.undo')}
      </CardButton>
      <CardButton text={card('CONFIRM')} className={classes.word}>
        {t('command.confirm')}
      </CardButton>
      <CardButton text={card('CANCEL')} className={classes.word}>
        {t('command.cancel')}
      </CardButton>
    </>
  );
}

export interface PinPadProps {
  readonly pin: NonNullable<BenchView['pin']>;
  /** Beside the work in hand: the banner names the person there, and the bar has the cards that are no figures. */
  readonly beside?: boolean;
}

/** The PIN behind a badge, by DIGIT cards, by touch or typed; what was entered is shown as dots only. */
export function PinPad({ pin, beside = false }: PinPadProps): ReactNode {
  const { t } = useMessages();
  return (
    <section
      className={`${classes.pin} ${beside ? classes.beside : ''}`}
      aria-label={t('pin.title', { name: pin.name })}
    >
      {!beside && (
        <h1 className={classes.title}>
          <Icon name="lock" size={48} /> {t('pin.title', { name: pin.name })}
        </h1>
      )}
      <p className={classes.dots} role="status" aria-label={t('pin.entered', { count: pin.digits })}>
        {'●'.repeat(pin.digits) || '–'}
      </p>
      <PinField name={pin.name} />
      <div className={classes.pad}>
        {digits.map((digit) => (
          <CardButton key={digit} text={card(`DIGIT-${digit}`)} className={classes.key}>
            {digit}
          </CardButton>
        ))}
        {!beside && <Words />}
      </div>
    </section>
  );
}
