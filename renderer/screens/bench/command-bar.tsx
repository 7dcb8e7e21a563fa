import type { ReactNode } from 'react';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import type { Expected } from '../../../shared/contract/bench.ts';
import { useMessages } from '../../ui/use-messages.ts';
import { CardButton } from './card-button.tsx';
import classes from './command-bar.module.css';
import { commandOf, commandWords } from './command-words.ts';
import { expectedScans } from './expected-scans.ts';

const confirmCard = encodeStationCode('command', 'CONFIRM');
/** Cards that their own part of the screen offers. */
const drawnElsewhere: readonly string[] = ['reason', 'parcel', 'digit'];

export interface CommandBarProps {
  readonly expects: readonly Expected[];
  /** A refusal is latched: the card that takes it away is offered too. */
  readonly latched: boolean;
}

/** Every command card that means something now, as a button for a gloved finger; it sends what the card would. */
export function CommandBar({ expects, latched }: CommandBarProps): ReactNode {
  const { t } = useMessages();
  const commands = expectedScans(expects).filter(
    ({ kind, text }) => kind === 'command' && !drawnElsewhere.includes(commandOf(text)?.name ?? ''),
  );
  const confirmable = latched && commands.every(({ text }) => text !== confirmCard);
  if (commands.length === 0 && !confirmable) return null;
  return (
    <nav className={classes.bar} aria-label={t('bench.commands')}>
      {confirmable && (
        <CardButton text={confirmCard} className={classes.command}>
          {t('command.confirm')}
        </CardButton>
      )}
      {commands.map(({ text, title }) => (
        <CardButton key={text} text={text} className={classes.command}>
          {commandWords(text, title, t)}
        </CardButton>
      ))}
    </nav>
  );
}
