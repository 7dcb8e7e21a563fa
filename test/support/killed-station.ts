import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import getPort from 'get-port';
import type { Doorway } from '../../main/app/simulated-packer.ts';
import type { CallOutput } from '../../shared/contract/index.ts';
import type { Programs, Run } from './programs.ts';

type View = CallOutput<'bench.view'>;

const PUT = 'stations.put-on-simulated-scale';

/** A station in a process of its own that dies and comes back at the same address; benches keep their sessions. */
export interface KilledStation {
  start(): Promise<void>;
  kill(): Promise<void>;
  /** A bench whose calls outlast the station: an answer that never came is asked for again with the same command id. */
  bench(name: string, launchToken: string): Promise<Bench>;
  /** What a bench saw after a restart that it had not seen before. */
  readonly surprises: readonly string[];
  /** Scans that were answered, in all lives. */
  answered(): number;
}

export interface Bench extends Doorway {
  /** The bench as the station shows it now. */
  look(): Promise<View>;
}

interface Place {
  readonly programs: Programs;
  readonly dataDir: string;
}

export async function killedStation(place: Place): Promise<KilledStation> {
  const port = await getPort({ host: '127.0.0.1' });
  const origin = `http://127.0.0.1:${port}`;
  const surprises: string[] = [];
  let run: Run | undefined;
  let lives = 0;
  let answered = 0;
  const post = async (call: string, input: object, headers: Record<string, string>): Promise<unknown> => {
    const answer = await fetch(`${origin}/api/${call}`, {
      method: 'POST',
      body: JSON.stringify(input),
      headers: { 'content-type': 'application/json', ...headers },
      signal: AbortSignal.timeout(20_000),
    });
    return answer.json();
  };
  const outlasting = async (call: string, input: object, headers: Record<string, string>): Promise<unknown> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await post(call, input, headers);
      } catch (error) {
        if (attempt > 400) throw error;
        await pause(25);
      }
    }
  };
  return {
    surprises,
    answered: () => answered,
    async start() {
      lives += 1;
      run = place.programs.start('station', ['--data', place.dataDir, '--port', String(port)], {
        env: { PACKWRIGHT_NO_OPEN: '1' },
      });
      await run.said('#launch=');
    },
    async kill() {
      run?.child.kill('SIGKILL');
      await run?.finished;
    },
    async bench(name, launchToken) {
      const opened = await outlasting('stations.open-session', { launchToken, station: name }, {});
      const { output } = opened as { output: { sessionToken: string } }; // the contract's own answer
      const authorization = `Bearer ${output.sessionToken}`;
      const look = async (): Promise<View> => {
        const answer = await outlasting('bench.view', {}, { authorization });
        return (answer as { output: View }).output; // the contract's own answer
      };
      let seen: { life: number; view: View } | undefined;
      let onPan: { life: number; input: object } | undefined;
      return {
        look,
        async call(call, input) {
          if (call === 'bench.scan' && seen && seen.life < lives) {
            const known = placeOf(seen.view);
            const now = placeOf(await look());
            if (!follows(known, now)) surprises.push(`${JSON.stringify(known)} became ${JSON.stringify(now)}`);
          }
          // What stood on the pan still stands there after a power cut; the simulated scale has forgotten it.
          if (onPan && onPan.life < lives) {
            onPan = { ...onPan, life: lives };
            await outlasting(PUT, onPan.input, { authorization, 'idempotency-key': randomUUID() });
          }
          if (call === PUT) onPan = { life: lives, input };
          const answer = await outlasting(call, input, { authorization, 'idempotency-key': randomUUID() });
          const view = viewIn(call, answer);
          if (view) seen = { life: lives, view };
          if (call === 'bench.scan') answered += 1;
          return answer;
        },
      };
    },
  };
}

function viewIn(call: string, answer: unknown): View | undefined {
  const { ok, output } = answer as { ok: boolean; output?: View | { view?: View } }; // the contract's envelope
  if (!ok || !output) return undefined;
  if (call === 'bench.view') return output as View; // by the call's name
  return 'view' in output ? output.view : undefined;
}

/** Where a packer's hands are. */
function placeOf(view: View): Readonly<Record<string, unknown>> {
  return {
    mode: view.mode,
    step: view.step,
    operator: view.operator?.name,
    order: view.order?.number,
    tote: view.tote,
    line: view.currentLineId,
    picked: view.lines.map((line) => line.picked),
    packed: view.lines.map((line) => line.packed),
    parcel: view.parcel?.id,
  };
}

/** The same place, or what the station does by itself at the end of a parcel: the weight is taken, the label made. */
function follows(known: ReturnType<typeof placeOf>, now: ReturnType<typeof placeOf>): boolean {
  const byItself: Readonly<Record<string, readonly string[]>> = {
    weigh: ['label-pending', 'scan-label'],
    'label-pending': ['scan-label'],
  };
  const steps = [known.step, ...(byItself[String(known.step)] ?? [])];
  return steps.includes(now.step) && JSON.stringify({ ...known, step: now.step }) === JSON.stringify(now);
}
