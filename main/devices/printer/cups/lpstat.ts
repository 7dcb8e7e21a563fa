import { judgePrinter, type PrinterCondition } from '../../../../shared/devices/printer-reasons.ts';
import type { PrintQueue } from '../printer.ts';

/**
 * Reads `lpstat -p QUEUE -l -a QUEUE` under LC_ALL=C, for a print system that cannot be asked by IPP; undefined when it
 * does not speak of this queue.
 */
export function readQueueState(stdout: string, queue: string): PrinterCondition | undefined {
  const lines = stdout.split('\n');
  const says = lines.find((line) => line.startsWith(`printer ${queue} `))?.slice(`printer ${queue} `.length);
  if (says === undefined) return undefined;
  const state = /^disabled\b/.test(says)
    ? 5
    : /^now printing\b/.test(says)
      ? 4
      : /^is idle\b/.test(says)
        ? 3
        : undefined;
  const [, alerts = ''] = /^\s+Alerts: (.*)$/m.exec(stdout) ?? [];
  const accepting = !lines.some((line) => line.startsWith(`${queue} not accepting requests`));
  const reasons = alerts.split(/[\s,]+/).filter((word) => word !== '');
  const paused = state === 5 && /\n\s*Paused/.test(stdout) ? ['paused'] : [];
  const [, message] = /^printer [^\n]*\n\s+([^\n]*)/m.exec(stdout) ?? [];
  return judgePrinter({ state, accepting, reasons: [...reasons, ...paused], message });
}

/** Whether `lpstat -W … -o QUEUE` lists the job. */
export function listsJob(stdout: string, job: string): boolean {
  return stdout.split('\n').some((line) => line.startsWith(`${job} `));
}

/** Reads `lpstat -e`, `lpstat -d` and `lpstat -l -p`: names, the default, and the maker where the driver tells. */
export function readQueues(names: string, standard: string, details: string): PrintQueue[] {
  const [, preferred] = /^system default destination: (\S+)/m.exec(standard) ?? [];
  const models = new Map<string, string>();
  let queue = '';
  for (const line of details.split('\n')) {
    queue = /^printer (\S+) /.exec(line)?.[1] ?? queue;
    const [, model] = /^\s+Description: (.+)$/.exec(line) ?? [];
    if (model !== undefined && model !== queue) models.set(queue, model);
  }
  return names
    .split('\n')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => ({ name, makerModel: models.get(name) ?? null, isDefault: name === preferred }));
}
