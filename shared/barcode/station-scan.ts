import { type Reading, refuse } from './scan-result.ts';
import { parseRma, parseStationCode } from './station-codes.ts';
import { parseCommand } from './station-commands.ts';

/** What one of our own codes says; undefined when the text is none of ours. Upper case only. */
export function readStationCode(text: string): Reading | undefined {
  const code = parseStationCode(text);
  if (code === undefined) return readRma(text);
  if ('problem' in code) {
    return code.problem === 'check'
      ? refuse(
          'scan.bad-check-character',
          `The check character of ${text} is wrong: the card is damaged or was mistyped.`,
        )
      : refuse('scan.bad-station-code', `${text} begins like one of our codes but is none.`);
  }
  const { kind, payload } = code;
  if (kind !== 'command') return { ok: true, kind, code: payload, warnings: [] };
  const command = parseCommand(payload);
  if (command === undefined) return refuse('scan.unknown-command', `This version knows no command ${payload}.`);
  return { ok: true, kind, code: payload, ...command, warnings: [] };
}

function readRma(text: string): Reading | undefined {
  const code = parseRma(text);
  return code === undefined ? undefined : { ok: true, kind: 'return', code, warnings: [] };
}
