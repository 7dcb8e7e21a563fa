import { encodeStationCode, parseStationCode } from '../../../shared/barcode/station-codes.ts';
import { type Command, parseCommand } from '../../../shared/barcode/station-commands.ts';
import { isMessageKey } from '../../ui/message-key.ts';
import type { Translate } from '../../ui/use-messages.ts';

/** Cards that work at every step; the header has buttons for them. */
export const helpCard = encodeStationCode('command', 'HELP');
export const languageCard = encodeStationCode('command', 'LANGUAGE');
export const signOutCard = encodeStationCode('command', 'SIGN-OUT');

export function isEverywhereCommand(text: string): boolean {
  return [helpCard, languageCard, signOutCard].includes(text);
}

/** The command on a card; undefined for any other code. */
export function commandOf(text: string): Command | undefined {
  const code = parseStationCode(text);
  if (!code || 'problem' in code || code.kind !== 'command') return undefined;
  return parseCommand(code.payload);
}

/** The words of a REASON card; the card's own letters for one this version cannot name. */
export function reasonWords(argument: string, t: Translate): string {
  const key = `reason.${argument.toLowerCase()}`;
  return isMessageKey(key) ? t(key) : argument;
}

/** The words on a button or card that sends `text`; the station's own title for a command this version cannot name. */
export function commandWords(text: string, title: string, t: Translate): string {
  const command = commandOf(text);
  if (!command) return title;
  const { name, argument = '' } = command;
  if (name === 'reason') return reasonWords(argument, t);
  // Plurals are chosen by `count`; a card without a number has none to choose.
  const count = Number(argument);
  return t(`command.${name}`, Number.isNaN(count) ? { argument } : { argument, count });
}
