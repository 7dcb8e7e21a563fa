import type { ReactNode } from 'react';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import type { Expected } from '../../../shared/contract/bench.ts';
import { scanQueue } from '../../scan/scanner.ts';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './command-bar.module.css';
import { commandWords } from './command-words.ts';
import { expectedScans } from './expected-scans.ts';

const confirmCard = encodeStationCode('command', 'CONFIRM');

export interface CommandBarProps {
  readonly expects: readonly Expected[];
  /** A refusal is latched: the card that takes it away is offered too. */
  readonly latched: boolean;
}

/** Every command card that means something now, as a button for a gloved finger; it sends what the card would. */
export function CommandBar({ expects, latched }: CommandBarProps): ReactNode {
  const { t } = useMessages();
  const commands = expectedScans(expects).filter(({ kind }) => kind === 'command');
  if (commands.length === 0 && !latched) return null;
  return (
    <nav className={classes.bar} aria-label={t('bench.commands')}>
      {latched && <CommandButton text={confirmCard} words={t('command.confirm')} />}
      {commands.map(({ text, title }) => (
        <CommandButton key={text} text={text} words={commandWords(text, title, t)} />
      ))}
    </nav>
  );
}

function CommandButton({ text, words }: { text: string; words: string }): ReactNode {
  return (
    <button type="button" className={classes.command} onClick={() => scanQueue.push(text, 'typed')}>
      {words}
    </button>
  );
}
