import { encodeStationCode } from '../../shared/barcode/station-codes.ts';
import type { BenchView } from '../../shared/contract/bench.ts';
import { demoGtin, type World } from './world.ts';

/** Small seeded generator (mulberry32): a shift that went wrong can be worked again. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function oneOf<T>(random: () => number, choices: readonly T[]): T {
  const choice = choices[Math.floor(random() * choices.length)];
  if (choice === undefined) throw new Error('nothing to choose from');
  return choice;
}

const CARDS = [
  ...['NEXT', 'PACK', 'SHORT', 'UNDO', 'CANCEL', 'WEIGH', 'REPRINT', 'HELP', 'CONFIRM', 'YES', 'REASON-LABEL-TORN'],
  ...['NEXT-PARCEL', 'CLOSE-PARCEL', 'PARCEL-1', 'PARCEL-2', 'PARCEL-3', 'MOVE', 'QTY-2'],
  ...['BATCH', 'BATCH', 'SINGLES', 'ZONE-A', 'DAMAGED', 'SUBSTITUTE', 'COUNT', 'NO', 'REASON-EXPIRED'],
];

/** The card that takes a step further which no scan of goods does. */
const CARD_AT: Partial<Record<BenchView['step'], string>> = {
  instructions: 'CONFIRM',
  'move-item': 'CANCEL',
  tote: 'CANCEL',
  'single-item': 'CANCEL',
  count: 'CONFIRM',
  reason: 'REASON-LABEL-TORN',
  weigh: 'CLOSE-PARCEL',
};

/** What the bench asks for, or nothing where only time helps. */
export function rightScan(view: BenchView, random: () => number): string | undefined {
  const kinds = {
    badge: 'badge',
    tote: 'tote',
    location: 'location',
    item: 'item',
    'put-to-tote': 'tote',
    'single-item': 'item',
    'put-back-item': 'item',
    'put-back-location': 'location',
    count: 'location',
    substitute: 'item',
  } as const;
  const kind =
    view.step === 'pack-item'
      ? 'item'
      : view.step === 'scan-label'
        ? 'label'
        : view.step in kinds
          ? kinds[view.step as keyof typeof kinds] // narrowed by the line above
          : undefined;
  const choices = view.expects.filter((expected) => expected.kind === kind);
  if (choices.length > 0) return oneOf(random, choices).text;
  const card = CARD_AT[view.step];
  if (card) return encodeStationCode('command', card);
  if (view.step === 'label-failed') return encodeStationCode('command', 'REPRINT');
  if (view.step !== 'choose') return undefined;
  const tote = view.expects.find((expected) => expected.kind === 'tote' || expected.kind === 'order');
  if (tote && random() < 0.7) return tote.text;
  return encodeStationCode('command', oneOf(random, ['NEXT', 'NEXT', 'NEXT', 'BATCH', 'SINGLES', 'ZONE-A']));
}

/** Something that a hurried hand, or another order's goods, may bring in front of the scanner. */
export function wildScan(random: () => number): string {
  return oneOf(random, [
    () => encodeStationCode('command', oneOf(random, CARDS)),
    () => encodeStationCode('command', oneOf(random, CARDS)),
    () => demoGtin(Math.floor(random() * 8)),
    () => demoGtin(Math.floor(random() * 8)),
    () => encodeStationCode('tote', `T-${Math.ceil(random() * 22)}`),
    () => encodeStationCode('location', `A-01-${Math.ceil(random() * 7)}`),
    () => `#${Math.ceil(random() * 14)}`,
    () => oneOf(random, ['106141412345678908', '9521000000019', 'PWTNOPE0', 'https://example.com', '\u001d01']),
  ])();
}

/** One scan at a bench; tells what was answered. */
export async function scanSomething(bench: World, random: () => number, wild: number): Promise<string> {
  const view = await bench.view();
  const right = random() < wild ? undefined : rightScan(view, random);
  const raw = right ?? (view.step === 'label-pending' && random() < 0.8 ? undefined : wildScan(random));
  if (raw === undefined) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return 'waited';
  }
  const { status, body } = await bench.ask('bench.scan', { raw });
  if (status >= 500) throw new Error(`${JSON.stringify(raw)} at ${view.step}: ${JSON.stringify(body)}`);
  return body.ok ? (body.output as { verdict: { code: string } }).verdict.code : body.error.code;
}
