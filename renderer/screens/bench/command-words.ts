import { encodeStationCode, parseStationCode } from '../../../shared/barcode/station-codes.ts';
import { parseCommand } from '../../../shared/barcode/station-commands.ts';
import type { Translate } from '../../ui/use-messages.ts';

/** Cards that work at every step; the header has buttons for them. */
export const helpCard = encodeStationCode('command', 'HELP');
export const languageCard = encodeStationCode('command', 'LANGUAGE');
export const signOutCard = encodeStationCode('command', 'SIGN-OUT');

export function isEverywhereCommand(text: string): boolean {
  return [helpCard, languageCard, signOutCard].includes(text);
}

/** The words on a button or card that sends `text`; the station's own title for a command this version cannot name. */
export function commandWords(text: string, title: string, t: Translate): string {
  const code = parseStationCode(text);
  if (!code || 'problem' in code || code.kind !== 'command') return title;
  const command = parseCommand(code.payload);
  return command ? t(`command.${command.name}`, { argument: command.argument ?? '' }) : title;
}
