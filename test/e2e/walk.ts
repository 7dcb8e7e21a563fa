import { encodeStationCode } from '../../shared/barcode/station-codes.ts';
import type { Expected } from '../../shared/contract/bench.ts';
import type { Bench } from './support.ts';

/** The text of a command card. */
export const card = (payload: string): string => encodeStationCode('command', payload);

/** Whose badge to scan. */
export interface Who {
  readonly role?: 'packer' | 'supervisor' | 'admin';
  readonly language?: 'en' | 'fr';
}

/** Goes from the first start into the demo warehouse and signs in by badge. */
export async function enterDemo(bench: Bench, who: Who = {}): Promise<void> {
  const { page } = bench;
  const demo = page.getByRole('button', { name: /demo warehouse|entrepôt de démonstration/ });
  const badge = page.getByRole('heading', { name: /Scan your badge|Scannez votre badge/ });
  await demo.or(badge).first().waitFor();
  if (await demo.isVisible()) await demo.click();
  await badge.waitFor({ timeout: 60_000 });
  await signIn(bench, who);
}

/** Scans the badge of an operator with this role and language; gives the name on it. */
export async function signIn(bench: Bench, { role = 'packer', language = 'en' }: Who = {}): Promise<string> {
  const view = await bench.atStep('badge');
  const session = await bench.ask('stations.session-view', {});
  const names = session.operators
    .filter((operator) => operator.role === role && operator.language === language)
    .map(({ name }) => name);
  const badge = view.expects.find(({ kind, title }) => kind === 'badge' && names.includes(title));
  if (!badge)
    throw new Error(
      `no badge of a ${role} who reads ${language} among ${view.expects.map(({ title }) => title).join(', ')}`,
    );
  await bench.scanner.scan(badge.text);
  await bench.atStep('choose');
  return badge.title;
}

/** Signs somebody with this role in by name, whoever was here before, and reads in this language. */
export async function goAs(bench: Bench, { role = 'packer', language = 'en' }: Who): Promise<void> {
  const { operators } = await bench.ask('stations.session-view', {});
  const able = operators.filter((operator) => operator.role === role);
  const operator = able.find((one) => one.language === language) ?? able[0];
  if (!operator) throw new Error(`nobody here is a ${role}`);
  await bench.ask('stations.sign-in', { operatorId: operator.id });
  if (operator.language !== language) await bench.ask('bench.scan', { raw: card('LANGUAGE') });
  await bench.page.getByText(operator.name, { exact: true }).first().waitFor();
  await bench.page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
}

/** What the bench asks for now, of one kind. */
export async function expected(bench: Bench, kind: Expected['kind']): Promise<Expected> {
  const view = await bench.ask('bench.view', {});
  const found = view.expects.find((wish) => wish.kind === kind);
  if (!found) throw new Error(`the bench at ${view.step} expects no ${kind}`);
  return found;
}

/** Picks the most urgent order by scans; gives the code of its tote. */
export async function pickNext(bench: Bench): Promise<string> {
  await bench.scanner.scan(card('NEXT'));
  await answered(bench);
  let tote = '';
  for (;;) {
    const view = await bench.ask('bench.view', {});
    if (view.mode === 'idle') return encodeStationCode('tote', tote);
    tote = view.tote ?? tote;
    if (view.step === 'tote') await bench.scanner.scan((await expected(bench, 'tote')).text);
    if (view.step === 'location') await bench.scanner.scan((await expected(bench, 'location')).text);
    if (view.step === 'item') await bench.scanner.scan((await expected(bench, 'item')).text);
    await answered(bench);
  }
}

/** Confirms what is to be read before the hand goes on. */
export async function readFirst(bench: Bench): Promise<void> {
  while ((await bench.ask('bench.view', {})).step === 'instructions') {
    await bench.scanner.scan(card('CONFIRM'));
    await answered(bench);
  }
}

/** Opens a tote at the bench and reads what is to be read; the first item may be scanned then. */
export async function openTote(bench: Bench, tote: string): ReturnType<Bench['atStep']> {
  await bench.scanner.scan(tote);
  while ((await bench.ask('bench.view', {})).mode !== 'pack') await bench.page.waitForTimeout(50);
  await readFirst(bench);
  return bench.atStep('pack-item');
}

/** Packs what is in the open parcel by scans, up to the weight or the label; `atCarton` looks before one is taken. */
export async function packAll(bench: Bench, atCarton?: () => Promise<void>): Promise<void> {
  for (;;) {
    await readFirst(bench);
    const { step } = await bench.ask('bench.view', {});
    if (step !== 'pack-item' && step !== 'carton') return;
    if (step === 'carton') await atCarton?.();
    await bench.scanner.scan((await expected(bench, step === 'carton' ? 'carton' : 'item')).text);
    await answered(bench);
  }
}

/** Puts the parcel on the scale, waits for the label, sticks it on and scans it. */
export async function weighAndLabel(bench: Bench): Promise<void> {
  await bench.atStep('weigh');
  await bench.ask('stations.put-on-simulated-scale', { mg: null });
  await bench.atStep('scan-label');
  await bench.scanner.scan((await expected(bench, 'label')).text);
  await bench.atStep('choose');
  await bench.ask('stations.put-on-simulated-scale', { mg: 0 });
}

/** Waits until the page has no scan on its way. */
export async function answered(bench: Bench): Promise<void> {
  await bench.page.waitForFunction(() => (sessionStorage.getItem('packwright.scans') ?? '[]') === '[]');
}
