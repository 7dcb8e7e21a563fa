import type { Bench } from './support.ts';
import { answered, card, expected, openTote, packAll, pickNext } from './walk.ts';

/** Looks at the screen as it stands under this name. */
export type Look = (name: string) => Promise<void>;

/** More than any tolerance, less than what a carton cannot carry. */
const TOO_MUCH_MG = 700_000;

async function scan(bench: Bench, text: string): Promise<void> {
  await bench.scanner.scan(text);
  await answered(bench);
}

const command = (bench: Bench, payload: string): Promise<void> => scan(bench, card(payload));

async function backToQueue(bench: Bench): Promise<void> {
  while ((await bench.ask('bench.view', {})).mode !== 'idle') await command(bench, 'CANCEL');
  await bench.atStep('choose');
}

/** Several orders in one walk: totes on the cart, bin, item, and the tote that it goes into. */
async function walk(bench: Bench, look: Look): Promise<void> {
  await command(bench, 'BATCH');
  const seen = new Set<string>();
  while (!seen.has('put-to-tote')) {
    const { step } = await bench.ask('bench.view', {});
    await bench.atStep(step);
    if (!seen.has(step)) await look(`walk-${step}`);
    seen.add(step);
    if (step === 'put-to-tote') break;
    const kind = step === 'tote' || step === 'location' ? step : 'item';
    await scan(bench, (await expected(bench, kind)).text);
  }
  await scan(bench, (await expected(bench, 'item').catch(() => ({ text: 'NOTHING-LIKE-IT' }))).text);
  await look('walk-refused');
  await scan(bench, (await expected(bench, 'tote')).text);
  await backToQueue(bench);
}

async function lane(bench: Bench, look: Look): Promise<void> {
  await command(bench, 'SINGLES');
  await bench.atStep('single-item');
  await look('lane');
  await backToQueue(bench);
}

/** A piece on the move, a hold and its reason, while the box is open. */
async function meddle(bench: Bench, look: Look): Promise<void> {
  await scan(bench, (await expected(bench, 'item')).text);
  const { step } = await bench.ask('bench.view', {});
  if (step !== 'pack-item') return;
  await look('pack-half');
  await command(bench, 'MOVE');
  await bench.atStep('move-item');
  await look('move');
  await command(bench, 'CANCEL');
  await command(bench, 'HOLD');
  await bench.atStep('reason');
  await look('hold-reason');
  await command(bench, 'CANCEL');
  await bench.atStep('pack-item');
}

/** A weight that does not fit, and a supervisor who lets it pass. */
async function override(bench: Bench, look: Look): Promise<void> {
  await bench.atStep('weigh');
  await look('weigh');
  const { weighing } = await bench.ask('bench.view', {});
  await bench.ask('stations.put-on-simulated-scale', { mg: (weighing?.expectedMg ?? 0) + TOO_MUCH_MG });
  await bench.page.locator('[data-verdict="weigh.out-of-tolerance"]').waitFor();
  await look('weigh-refused');
  await command(bench, 'OVERRIDE');
  await bench.atStep('override-badge');
  await look('override');
  const { operators } = await bench.ask('stations.session-view', {});
  const supervisors = operators.filter(({ role }) => role === 'supervisor').map(({ name }) => name);
  const { expects } = await bench.ask('bench.view', {});
  const badge = expects.find(({ kind, title }) => kind === 'badge' && supervisors.includes(title));
  if (!badge) throw new Error('no supervisor’s badge is offered');
  await scan(bench, badge.text);
  await bench.atStep('reason');
  await look('override-reason');
  await command(bench, 'REASON-SCALE-DOUBT');
  await bench.atStep('scan-label');
  await scan(bench, (await expected(bench, 'label')).text);
  await bench.atStep('choose');
  await bench.ask('stations.put-on-simulated-scale', { mg: 0 });
}

async function count(bench: Bench, look: Look): Promise<void> {
  await command(bench, 'NEXT');
  for (;;) {
    const { step } = await bench.ask('bench.view', {});
    if (step !== 'tote') break;
    await scan(bench, (await expected(bench, 'tote')).text);
  }
  await command(bench, 'SHORT');
  await backToQueue(bench);
  await look('floor-work');
  await command(bench, 'COUNT');
  await bench.atStep('count');
  await look('count-bin');
  await scan(bench, (await expected(bench, 'location')).text);
  await scan(bench, (await expected(bench, 'item')).text);
  await look('count');
  await backToQueue(bench);
}

/** Goes by scans through the steps that an order without trouble never meets, and looks at each. */
export async function tour(bench: Bench, look: Look): Promise<void> {
  await walk(bench, look);
  await lane(bench, look);
  let tote = await pickNext(bench);
  for (let tries = 0; tries < 8; tries += 1) {
    const { parcel, step } = await openInstructed(bench, { tote, look });
    if (step === 'pack-item' && parcel && parcel.unitsToPack > 1) break;
    await backToQueue(bench);
    tote = await pickNext(bench);
  }
  await meddle(bench, look);
  await packAll(bench);
  await override(bench, look);
  await count(bench, look);
}

/** Opens a tote; what is to be read first is looked at on the way. */
async function openInstructed(bench: Bench, { tote, look }: { tote: string; look: Look }) {
  await scan(bench, tote);
  const { step } = await bench.ask('bench.view', {});
  if (step === 'instructions') {
    await bench.atStep('instructions');
    await look('instructions');
  }
  return openTote(bench, tote).catch(() => bench.ask('bench.view', {}));
}
