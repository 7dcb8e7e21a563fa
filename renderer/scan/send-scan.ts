import type { Verdict } from '../../shared/contract/common.ts';
import { showBenchView } from '../station/bench-cache.ts';
import { callDoor } from '../station/door.ts';
import { DoorError } from '../station/door-error.ts';
import { lastVerdict } from './last-verdict.ts';
import type { PendingScan } from './scan-queue.ts';

/** Sends one scan and shows its verdict. Rejects only when no answer came or the session is over. */
export async function sendScan({ raw, source, commandId }: PendingScan): Promise<void> {
  try {
    const { verdict, view } = await callDoor('bench.scan', { raw, source }, { commandId });
    await showBenchView(view);
    lastVerdict.set({ verdict, commandId, latched: view.latched !== null });
  } catch (error) {
    if (!(error instanceof DoorError)) throw error;
    // What was typed may be a PIN: it is not shown.
    lastVerdict.set({ verdict: refusal(error, source === 'typed' ? undefined : raw), commandId, latched: false });
  }
}

/** The station refused to act on the scan at all: shown like a wrong scan, so that nobody walks on. */
function refusal(error: DoorError, scanned: string | undefined): Verdict {
  const params: Record<string, string | number> = { ref: error.ref };
  for (const [name, value] of Object.entries(error.details)) {
    if (typeof value === 'string' || typeof value === 'number') params[name] = value;
  }
  const at = new Date().toISOString();
  return { tone: 'bad', code: error.code, params, at, ...(scanned === undefined ? {} : { scanned }) };
}
